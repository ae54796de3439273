# shellcheck shell=bash disable=SC2034,SC2154 # deploy.sh and its files share their variables
# docker/.env: what was generated is brought up to date, what somebody changed stays.

# What NAME is set to: in the environment, else in .env, else $2. Compose reads them so, too.
value() {
    if [ -n "${!1+set}" ]; then
        printf '%s\n' "${!1}"
    elif [ -f "$here/.env" ] && grep -q "^$1=" "$here/.env"; then
        sed -n "s/^$1=//p" "$here/.env" | tail -n 1
    else
        printf '%s\n' "$2"
    fi
}

is_on() { [ "$(value "$1" 0)" = 1 ]; }

# Do several machines share one object store, and so one database?
is_shared() { [ -n "$(value TAXAI_STORE_URL "")" ]; }

has_postgres() { is_on TAXAI_POSTGRES || is_shared; }

# NAME's value where a person set it; fails where it is missing or as it was generated.
own_value() {
    if [ -z "${!1+set}" ]; then
        grep -qs "^$1=" "$here/.env" || return 1
        ! grep -qsxF "$1=$(value "$1" "")" "$here/.env.generated" || return 1
    fi
    value "$1" ""
}

# Sets NAME in .env for good.
set_value() {
    [ "$(value "$1" "")" != "$2" ] || return 0
    touch "$here/.env"
    replace "$here/.env" "$(grep -v "^$1=" "$here/.env" || true)
$1=$2"
}

# Writes a file as a whole, and only where it changes.
replace() {
    if [ -f "$1" ] && printf '%s\n' "$2" | cmp -s - "$1"; then return; fi
    printf '%s\n' "$2" >"$1.new"
    mv -f "$1.new" "$1"
}

# The first two lines are for whoever calls `docker compose` in docker/ by hand.
generated() {
    say "COMPOSE_PROJECT_NAME=$project"
    say "COMPOSE_FILE=$(compose_files)"
    say "TAXAI_BIND=127.0.0.1"
    say "TAXAI_HTTP_PORT=8501"
    say "TAXAI_IMAGE=taxai:local"
    plan --env
}

# A line of .env that is as it was generated last is generated anew; any other is somebody's own.
write_env() {
    local old="$here/.env" last="$here/.env.generated" now own
    now=$(generated) || exit 1 # the plan has said why
    [ -f "$old" ] || say "# What each service may use, from taxai plan. Lines that you change stay." >"$old"
    [ -f "$last" ] || : >"$last"
    own=$(grep -vxFf "$last" "$old" | sed -n 's/^\([A-Z_]*=\).*/\1/p' || true)
    replace "$old" "$(printf '%s\n' "$now" | awk '
        { name = $0; sub(/[=].*/, "", name) }
        FILENAME == "-" { now[name] = $0; order[++count] = name; next }
        FILENAME == last { was[name] = $0; next }
        name in now { there[name] = 1; print ($0 == was[name] ? now[name] : $0); next }
        name in was && $0 == was[name] { next }
        { print }
        END { for (i = 1; i <= count; i++) if (!(order[i] in there)) print now[order[i]] }
    ' last="$last" - "$last" "$old")"
    # Somebody's own stays so where the plan, which was told of it, says the same.
    replace "$last" "$(printf '%s\n' "$now" | own="$own" awk '
        BEGIN { count = split(ENVIRON["own"], names, "\n"); for (i = 1; i <= count; i++) is_own[names[i]] = 1 }
        { name = $0; sub(/[=].*/, "=", name) }
        !(name in is_own)')"
}

# Do the caps in .env, some of which may be somebody's own, exceed the machine? Sets $over_trouble.
over_committed() {
    local caps_mb memory_mb
    caps_mb=$(awk -F= '
        function mb(size) { return size ~ /[gG]/ ? size * 1024 : size ~ /[kK]/ ? size / 1024 : size + 0 }
        { set[$1] = $2 }
        END {
            for (name in set) if (name ~ /^[A-Z]+_MEMORY$/ && name != "JOB_MEMORY")
                sum += mb(set[name]) * (name == "EXTRACT_MEMORY" ? set["EXTRACT_WORKERS"] : 1)
            print int(sum)
        }' "$here/.env")
    memory_mb=$(engine '{{.MemTotal}}' | awk '{ print int($1 / 1048576) }')
    over_trouble="The caps in docker/.env are $caps_mb MB together and there are $memory_mb MB. Lower some, or remove the lines that you changed: they are then written anew."
    [ "$caps_mb" -gt "${memory_mb:-0}" ]
}
