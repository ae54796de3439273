# shellcheck shell=bash disable=SC2034,SC2154 # deploy.sh and its files share their variables
# The services as they are: running, well, and with how much memory.

# One line a container: service|name|state|status, the one-shot among them.
containers() {
    docker ps --all --filter "label=com.docker.compose.project=$project" \
        --filter label=com.docker.compose.oneoff=False \
        --format '{{.Label "com.docker.compose.service"}}|{{.Names}}|{{.State}}|{{.Status}}' | sort
}

address() { printf '%s:%s\n' "$(value TAXAI_BIND 127.0.0.1)" "$(value TAXAI_HTTP_PORT 8501)"; }

# Services that are not what they should be: "name is starting", "name has stopped".
not_ready() {
    containers | awk -F'|' '
        $1 == "migrate" && $4 ~ /^Exited \(0\)/ { next }
        $3 != "running" { print $1 " is " $3; next }
        $4 ~ /unhealthy/ { print $1 " is not well"; next }
        $4 ~ /health: starting/ { print $1 " is starting" }' | sort -u
}

all_well() { [ -n "$(containers)" ] && [ -z "$(not_ready)" ]; }

# Tells what is waited for, each state once, until all is well or the time is over.
wait_for_health() {
    local end=$((SECONDS + WAIT_S)) waiting last=
    while waiting=$(not_ready); [ -n "$waiting" ]; do
        if [ "$waiting" != "$last" ]; then
            printf '%s\n' "$waiting" | awk '{ printf "%s%s", (NR > 1 ? ", " : "  "), $0 } END { print "" }'
            last=$waiting
        fi
        if [ "$SECONDS" -ge "$end" ]; then
            say "After $WAIT_S s not everything is well. What is wrong:" >&2
            return 1
        fi
        sleep 2
    done
    [ -n "$(containers)" ] || return 1
    say "  all services are well"
}

status() {
    need_engine
    local lines stats
    lines=$(containers | grep -v '^migrate|' || true)
    [ -n "$lines" ] || fail "TaxAI does not run. Start it with: $me up"
    stats=$(docker stats --no-stream --format '{{.Name}}|{{.MemUsage}}|{{.CPUPerc}}')
    printf '%-22s %-12s %-24s %s\n' service state 'memory of its cap' processors
    printf '%s\n%s\n' "$stats" "$lines" | awk -F'|' '
        NF == 3 { memory[$1] = $2; cpu[$1] = $3; next }
        {
            state = $4 ~ /unhealthy/ ? "not well" : $4 ~ /starting/ ? "starting" : $4 ~ /healthy/ ? "well" : $3
            printf "%-22s %-12s %-24s %s\n", $2, state, memory[$2], cpu[$2]
        }'
    say ""
    say "http://$(address)"
    [ -z "$(not_ready)" ] || say "Not everything is well; $me doctor says why."
}

# The model server's container, empty where it does not run.
running() { containers | awk -F'|' -v wanted="$1" '$1 == wanted && $3 == "running" { print $2; exit }'; }

has_model() {
    local server
    server=$(running ollama)
    [ -n "$server" ] && docker exec "$server" ollama show "$1" >/dev/null 2>&1
}

# Is the port ours, or nobody's? Sets $port_trouble.
port_is_free() {
    local bind port owner
    bind=$(value TAXAI_BIND 127.0.0.1)
    port=$(value TAXAI_HTTP_PORT 8501)
    if [ "$bind" = 0.0.0.0 ]; then bind=127.0.0.1; fi
    if [ -n "$(running app)" ] || ! (: <"/dev/tcp/$bind/$port") 2>/dev/null; then return 0; fi
    owner=$(docker ps --filter "publish=$port" --format 'the container {{.Names}}' | head -n 1)
    if [ -z "$owner" ] && command -v lsof >/dev/null; then
        owner=$(lsof -nP -iTCP:"$port" -sTCP:LISTEN 2>/dev/null | awk 'NR == 2 { print $1 }' || true)
    fi
    port_trouble="Port $port is taken by ${owner:-another program}. End that, or choose another port: TAXAI_HTTP_PORT=8502 in docker/.env, then $me up."
    return 1
}
