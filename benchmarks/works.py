"""What people in benchmarks do, as activity and audience; a benchmark that needs other things adds them."""

WORKS = (
    ("on_site", None),
    ("interview", "pioneer"),
    ("interview", "counselor"),
    ("interview", "student"),
    ("interview", "league_cadre"),
    ("lecture", None),
)
