"""One module per page; its docstring's first line is its title and a hint (题目：说明) in the list of the first page."""
