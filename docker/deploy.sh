#!/usr/bin/env bash
# Starts TaxAI in containers on this machine, with nothing but Docker: see `docker/deploy.sh help`.
#
# Its files lie beside it: .env (what `taxai plan` gives each service; lines that you change stay as
# they are), .env.generated (what it wrote last, to tell yours from its own), secrets/, and .upgrading
# from an upgrade's start of the new version until all is well.
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
root=${here%/*}
me=docker/deploy.sh
upgrading=$here/.upgrading
project=${COMPOSE_PROJECT_NAME:-taxai}
# Building is not counted; the pages need half a minute on two processors.
WAIT_S=${DEPLOY_WAIT_S:-180}

# The names of those that this run has made.
made_secrets=

say() { printf '%s\n' "$*"; }
fail() {
    printf 'deploy: %s\n' "$*" >&2
    exit 1
}

# shellcheck source=docker/lib/engine.sh
. "$here/lib/engine.sh"
# shellcheck source=docker/lib/env.sh
. "$here/lib/env.sh"
# shellcheck source=docker/lib/secrets.sh
. "$here/lib/secrets.sh"
# shellcheck source=docker/lib/services.sh
. "$here/lib/services.sh"
# shellcheck source=docker/lib/doctor.sh
. "$here/lib/doctor.sh"

usage() {
    cat <<END
$me up [--observe] [--postgres]  start everything, or bring it to what .env says
$me pull                         fetch the model; the one thing that needs the internet
$me status                       what runs, how it is, and its memory against its cap
$me logs [SERVICE]               what the services printed last
$me doctor                       what is wrong, and what to do about it
$me upgrade                      build the image anew, save the database, start the new one
$me backup FILE                  papers and database in one file, without the key; all goes on meanwhile
$me restore FILE                 from such a file, where no papers are yet
$me down                         stop everything; papers, models and keys are kept
END
}

up() {
    need_engine
    while [ $# -gt 0 ]; do
        case $1 in
            --observe) set_value TAXAI_OBSERVE 1 ;;
            --postgres)
                if has_volume data && ! has_volume database; then
                    say "! PostgreSQL begins empty: the papers of before stay in SQLite and are not shown"
                    say "  until TAXAI_POSTGRES=1 is removed from docker/.env."
                fi
                set_value TAXAI_POSTGRES 1
                ;;
            *) fail "up does not know $1; see $me help" ;;
        esac
        shift
    done
    port_is_free || fail "$port_trouble"
    has_image || build_image "$(image)"
    start
    say ""
    say "TaxAI is ready: http://$(address)"
    model=$(value OLLAMA_MODEL "")
    if [ -z "$model" ]; then
        say "  It runs without a model; what the rules leave open stays open for you."
    elif ! has_model "$model"; then
        say "  Its model is not here yet. Fetch it with: $me pull"
    fi
    say "  How it is:     $me status"
    say "  What is wrong: $me doctor"
    say "  The key of all papers is $here/secrets/taxai_key. Keep a copy of it, away from the data:"
    say "  without it nobody can read them, and with it everybody who has them."
}

# Everything but building: for `up` and `upgrade`, which has ended when all is well.
start() {
    write_env
    over_committed && say "! $over_trouble"
    make_secrets
    say "Starting on $(machine_words)."
    # Services that began with other secrets would refuse each other.
    # shellcheck disable=SC2086 # no word where there is nothing new
    if ! compose up --detach --remove-orphans ${made_secrets:+--force-recreate}; then
        say "Not everything could be started. What is wrong:" >&2
        doctor >&2 || true
        exit 1
    fi
    wait_for_health || {
        doctor >&2 || true
        exit 1
    }
    rm -f "$upgrading"
}

# $1 is the name it gets.
build_image() {
    local revision s3
    revision=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)
    say "Building the image $1; the first time this takes some minutes."
    is_shared && s3=1 || s3=
    docker build --file "$here/Dockerfile" --tag "$1" --build-arg "REVISION=$revision" --build-arg "S3=$s3" \
        --build-arg "VERSION=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/pyproject.toml")" "$root" ||
        fail "The image could not be built; the lines above say why. It needs the internet once."
}

# The new image is called otherwise until the database is saved: an upgrade that ends before that,
# however it does, leaves the version before to the next `up`.
upgrade() {
    local new
    need_engine
    [ -f "$here/.env" ] || fail "Nothing was started from here yet: $me up"
    if secret_lost; then fail "$secret_trouble Nothing was changed."; fi
    # The last upgrade's version may have become well after that had given up.
    if all_well; then rm -f "$upgrading"; fi
    new=$(image)-new
    build_image "$new"
    TAXAI_IMAGE=$new plan --env >/dev/null ||
        fail "The new version has no plan for this machine, so nothing was changed; what ran before still runs."
    TAXAI_IMAGE=$new write_env
    make_secrets
    say "Looking for newer images of the queue and the model server."
    compose pull --quiet redis ollama 2>/dev/null ||
        say "  They could not be reached; those that are here are used."
    say "Stopping the pages and the workers; papers that are being read are handed back."
    compose stop app extract ask keeper
    if [ -f "$upgrading" ]; then
        say "The last upgrade did not end well, so the image and the database that are kept are still those of the last version that ran well."
    else
        save_database "$new" ||
            fail "The database could not be saved, so nothing was changed. Start the version before again with: $me up"
        if has_image; then docker tag "$(image)" "$(image)-before"; fi
        touch "$upgrading"
    fi
    docker tag "$new" "$(image)"
    docker rmi "$new" >/dev/null || true
    say "Starting the new version; its first service brings the database to this version."
    start
    say "Upgraded. TaxAI is ready: http://$(address)"
    say "The last version that ran well before is $(image)-before; docs/backup.md says how to go back."
}

# A copy beside the original, so that it is kept and backed up like it. Fails where none was made.
# $1 is the image whose Python makes it.
save_database() {
    if has_postgres; then
        compose up --detach --wait postgres || return 1
        # shellcheck disable=SC2016 # the container's shell reads it
        compose exec -T postgres sh -c \
            'pg_dump -U taxai -Fc -f "$PGDATA/before-upgrade.part" taxai && mv "$PGDATA/before-upgrade.part" "$PGDATA/before-upgrade.dump"' ||
            return 1
        say "The database as it was is saved as before-upgrade.dump in the volume ${project}_database."
        return 0
    fi
    has_volume data || return 0
    docker run --rm --network none --volume "${project}_data:/data" --entrypoint python "$1" -c '
import pathlib, sqlite3
old = pathlib.Path("/data/taxai/taxai.db")
part, new = old.with_suffix(".part"), old.with_suffix(".before-upgrade.db")
if old.exists():
    part.unlink(missing_ok=True)
    sqlite3.connect(old).execute("VACUUM INTO ?", [str(part)])
    part.replace(new)
' || return 1
    say "The database as it was is saved as taxai.before-upgrade.db in the volume ${project}_data."
}

backup() {
    need_engine
    [ $# -eq 1 ] || fail "Name the file: $me backup FILE"
    # It is made beside the papers, as the containers see nothing else of this machine's disk.
    compose exec -T app sh -c 'trap "rm -f /data/backup.tar" EXIT
        taxai backup /data/backup.tar >&2 && cat /data/backup.tar' >"$1.part" || {
        rm -f "$1.part"
        fail "No backup was made; the lines above say why."
    }
    mv "$1.part" "$1"
    say "Saved in $1. The key is not in it: keep a copy of $here/secrets/taxai_key elsewhere."
}

restore() {
    need_engine
    [ -f "${1-}" ] || fail "Name the file: $me restore FILE"
    if has_volume data; then
        fail "There are papers here already. To put the backup in their place remove them first: $me down, then docker volume rm ${project}_data"
    fi
    [ -s "$here/secrets/taxai_key" ] ||
        fail "Put the key that the backup was made with into $here/secrets/taxai_key first (the folder with mode 0700)."
    has_image || build_image "$(image)"
    write_env
    make_secrets
    compose run --rm -T --no-deps migrate sh -c 'trap "rm -f /data/backup.tar" EXIT
        cat >/data/backup.tar && taxai restore /data/backup.tar' <"$1" || {
        docker volume rm "${project}_data" >/dev/null
        fail "Nothing was restored; the lines above say why."
    }
    say "Restored. Start with: $me up"
}

pull() {
    need_engine
    [ -f "$here/.env" ] || fail "Nothing was started from here yet: $me up"
    compose --profile pull run --rm pull
}

down() {
    need_engine
    [ -f "$here/.env" ] || fail "Nothing was started from here."
    compose down --remove-orphans
    say "Stopped. Papers, models and keys are kept; $me up goes on with them."
}

logs() {
    need_engine
    [ -f "$here/.env" ] || fail "Nothing was started from here."
    compose logs --tail 200 "$@"
}

command=${1-help}
[ $# -eq 0 ] || shift
case $command in
    up | down | status | logs | doctor | upgrade | pull | backup | restore) "$command" "$@" ;;
    help | -h | --help) usage ;;
    *)
        usage >&2
        exit 2
        ;;
esac
