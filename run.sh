#!/usr/bin/env bash
# Starts the service; with no channel configured, the demonstration. Needs Python 3.11+ only.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source .ci/environment.sh
environment requirements.txt

channel='^(export )?(WECHAT|WECOM)_(TOKEN|APP_ID|APP_SECRET|ENCODING_AES_KEY|CORP_ID|SECRET|AGENT_ID)=.'
if ! grep -Eq "$channel" <(env) && ! grep -Eqs "$channel" .env; then
    export DUNDIAN_DEMO=1 DATABASE_URL=sqlite:///var/demo.db
fi
exec .venv/bin/python -m bot serve --migrate
