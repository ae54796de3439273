# shellcheck shell=bash disable=SC2034,SC2154 # deploy.sh and its files share their variables
# docker/secrets: made once, from the kernel's random numbers, and never shown.

# The services read the files as users of their own, so the folder keeps everybody else out.
make_secrets() {
    local before=$made_secrets
    if secret_lost; then fail "$secret_trouble"; fi
    mkdir -p "$here/secrets"
    chmod 0700 "$here/secrets"
    make_secret taxai_key 32
    make_secret taxai_redis_password 24
    make_secret taxai_database_password 24
    make_secret grafana_password 24
    if [ "$made_secrets" != "$before" ]; then
        say "New secrets are in $here/secrets:${made_secrets#"$before"}."
    fi
}

make_secret() {
    local file="$here/secrets/$1"
    if [ ! -s "$file" ]; then
        # The first line of 24 or 32 bytes is all of it. A password stands in addresses as well.
        head -c "$2" /dev/urandom | base64 | tr -d '\n' >"$file.new"
        if [ "$1" != taxai_key ]; then
            tr '+/' '-_' <"$file.new" >"$file.safe" && mv "$file.safe" "$file.new"
        fi
        chmod 0644 "$file.new"
        mv "$file.new" "$file"
        made_secrets="$made_secrets $1"
    fi
    chmod 0644 "$file"
}

has_volume() { docker volume inspect "${project}_$1" >/dev/null 2>&1; }

# Is a secret gone without which what is stored cannot be read? Then none is made: it would only
# hide that. Sets $secret_trouble.
secret_lost() {
    if [ ! -s "$here/secrets/taxai_key" ] && has_volume data; then
        secret_trouble="The key $here/secrets/taxai_key is missing, and there are papers that only it opens. Put it back from your copy. No new one is made; if you want to begin without those papers, remove them first: $me down, then docker volume rm ${project}_data"
    elif [ ! -s "$here/secrets/taxai_database_password" ] && has_postgres && has_volume database; then
        secret_trouble="The password $here/secrets/taxai_database_password is missing, and the database was made with it. Put it back from your copy; no new one is made."
    else
        return 1
    fi
}
