# shellcheck shell=bash
# Part of infra-cdk/prove: what any registry can be asked from outside. PASSWORD, USERNAME, URL, HOST and SCRATCH are set there.

# What is secret stands in no argument.
sign_in() {
  curl_user "$PASSWORD" >"$SCRATCH/curl"
  [ "$(status "$URL/v2/")" = 200 ] || fail "$URL lets $USERNAME not in"
}

# An option of curl, as its files have it.
curl_user() { # password
  local text=$USERNAME:$1
  text=${text//\\/\\\\}
  printf 'user = "%s"\n' "${text//\"/\\\"}"
}

ask_registry() { curl --silent --show-error --config "$SCRATCH/curl" "$@"; }

status() { ask_registry -o "$SCRATCH/answer" -w '%{http_code}' "$@"; }

digest() { printf 'sha256:%s' "$(openssl dgst -sha256 -r "$1" | cut -d' ' -f1)"; }

# One header of an answer, whatever the case of its name.
header() { # name
  tr -d '\r' | sed -n "s/^$1: //Ip" | tail -n 1
}

absolute() { case $1 in /*) echo "$URL$1" ;; *) echo "$1" ;; esac }

location() { # repository curl-options...
  absolute "$(ask_registry -o /dev/null -D - -X POST "${@:2}" "$URL/v2/$1/blobs/uploads/" | header location)"
}

# Status and time of a PUT of a whole blob.
put() { # repository file digest curl-options...
  ask_registry -o "$SCRATCH/answer" -w '%{http_code} after %{time_total} s\n' -T "$2" "${@:4}" "$(location "$1")?digest=$3"
}

# Two words as two parameters, whether the location has some already.
finish() { # location digest
  case $1 in *\?*) status -X PUT "$1&digest=$2" ;; *) status -X PUT "$1?digest=$2" ;; esac
}

direct_put() { # size-for-head curl-options...
  local answer
  head -c "$1" /dev/urandom >"$SCRATCH/blob"
  answer=$(put prove/direct "$SCRATCH/blob" "$(digest "$SCRATCH/blob")" "${@:2}")
  rm "$SCRATCH/blob"
  echo "$answer"
  [[ $answer == 201* ]]
}

over_http2() {
  case $URL in https:*) direct_put 6M --http2 ;; *) skip 'HTTP/2 needs https' ;; esac
}

wrong_bytes() {
  local answer
  head -c 6M /dev/urandom >"$SCRATCH/blob"
  answer=$(put prove/wrong "$SCRATCH/blob" "sha256:$(printf '0%.0s' {1..64})")
  echo "$answer $(tr -d '\n' <"$SCRATCH/answer" | cut -c1-200)"
  [[ $answer == 4* ]]
}

# Clients may send what would change what S3 does; none of it may arrive there.
strange_headers() {
  direct_put 6M -H 'x-amz-copy-source: other/object' -H 'x-amz-acl: public-read' -H 'x-amz-tagging: a=b' -H 'Content-Encoding: gzip'
}

# A stream as clients send it that do not know its length, from the POST on, which may have to wake the relay.
stream() {
  local begun=$SECONDS to woken answer
  head -c 20M /dev/urandom >"$SCRATCH/blob"
  to=$(location prove/stream -A 'containers/5.24.1 (github.com/containers/image)')
  woken=$((SECONDS - begun))
  answer=$(ask_registry -o "$SCRATCH/answer" -D "$SCRATCH/headers" -w '%{http_code}' --http1.1 -X PATCH -H 'Transfer-Encoding: chunked' \
    -H 'Content-Type: application/octet-stream' --data-binary @- "$to" <"$SCRATCH/blob")
  if [ "$answer" != 202 ]; then
    echo "$answer $(tr -d '\n' <"$SCRATCH/answer" | cut -c1-200)"
    return 1
  fi
  answer=$(finish "$(absolute "$(header location <"$SCRATCH/headers")")" "$(digest "$SCRATCH/blob")")
  echo "$answer; POST took $woken s, everything $((SECONDS - begun)) s"
  [ "$answer" = 201 ]
}

# A new image of one layer, 6 MB that nobody has: an OCI layout, as an archive too, and its parts as files.
make_image() {
  local blobs=$SCRATCH/image/blobs/sha256
  rm -rf "$SCRATCH/image" && mkdir -p "$blobs"
  head -c 6M /dev/urandom >"$SCRATCH/bytes" && tar -C "$SCRATCH" -cf "$SCRATCH/layer" bytes
  LAYER=$(digest "$SCRATCH/layer")
  printf '{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["%s"]},"config":{}}' "$LAYER" >"$SCRATCH/config"
  CONFIG=$(digest "$SCRATCH/config")
  printf '{"schemaVersion":2,"mediaType":"%s.manifest.v1+json","config":{"mediaType":"%s.config.v1+json","digest":"%s","size":%s},"layers":[{"mediaType":"%s.layer.v1.tar","digest":"%s","size":%s}]}' \
    "$OCI" "$OCI" "$CONFIG" "$(wc -c <"$SCRATCH/config")" "$OCI" "$LAYER" "$(wc -c <"$SCRATCH/layer")" >"$SCRATCH/manifest"
  cp "$SCRATCH/layer" "$blobs/${LAYER#*:}" && cp "$SCRATCH/config" "$blobs/${CONFIG#*:}"
  cp "$SCRATCH/manifest" "$blobs/$(digest "$SCRATCH/manifest" | cut -d: -f2)"
  printf '{"imageLayoutVersion":"1.0.0"}' >"$SCRATCH/image/oci-layout"
  printf '{"schemaVersion":2,"manifests":[{"mediaType":"%s.manifest.v1+json","digest":"%s","size":%s,"annotations":{"org.opencontainers.image.ref.name":"1","io.containerd.image.name":"prove.example/image:1"}}]}' \
    "$OCI" "$(digest "$SCRATCH/manifest")" "$(wc -c <"$SCRATCH/manifest")" >"$SCRATCH/image/index.json"
  tar -C "$SCRATCH/image" -cf "$SCRATCH/image.tar" oci-layout index.json blobs
}
OCI=application/vnd.oci.image

# Whether the registry has a manifest and everything that it names.
has_whole() { # repository tag
  local part
  ask_registry --fail -o "$SCRATCH/found" -H "Accept: $OCI.manifest.v1+json" \
    -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' "$URL/v2/$1/manifests/$2"
  for part in $(grep -o 'sha256:[0-9a-f]\{64\}' "$SCRATCH/found"); do
    ask_registry --fail -o /dev/null -I "$URL/v2/$1/blobs/$part"
  done
}

# Without a length: what function URLs make of that is said nowhere.
manifest_without_length() {
  local answer
  make_image
  put prove/chunked "$SCRATCH/layer" "$LAYER" && put prove/chunked "$SCRATCH/config" "$CONFIG"
  answer=$(status --http1.1 -X PUT -H 'Transfer-Encoding: chunked' -H "Content-Type: $OCI.manifest.v1+json" \
    --data-binary "@$SCRATCH/manifest" "$URL/v2/prove/chunked/manifests/1")
  echo "$answer"
  [ "$answer" = 201 ] && has_whole prove/chunked 1 && echo "$answer"
}

head_has_length() {
  local length
  length=$(ask_registry --fail -I "$URL/v2/prove/chunked/manifests/1" | header content-length)
  echo "${length:-no length}"
  [ "${length:-0}" -gt 0 ]
}

edge_asks_strangers() {
  local challenge
  challenge=$(curl -sS -o /dev/null -D - "$URL/v2/" | header www-authenticate)
  echo "$challenge"
  [ "$challenge" = "Bearer realm=\"$URL/token\",service=\"roadstead\"" ]
}

# The edge lets Basic pass, so this is what a function says, under the name that its address gives to the header.
wrong_password() {
  local answer
  answer=$(curl_user 'not this one' | curl -sS -o /dev/null -D - -K - "$URL/v2/" | tr -d '\r')
  echo "$(head -n 1 <<<"$answer" | cut -d' ' -f2), challenge in: $(grep -io '^[a-z-]*www-authenticate' <<<"$answer" || echo nothing)"
  grep -q '^HTTP/[0-9.]* 401' <<<"$answer"
}

# What is granted reaches the edge through the table's stream and the edge's store.
edge_hears_of_grants() {
  local seconds answer=''
  answer=$(status -H 'Content-Type: application/json' -d '{"role":"reader","repository":"prove/*"}' "$URL/api/v1/grants/anonymous")
  [[ $answer == 20? ]] || { echo "the grant: $answer $(cat "$SCRATCH/answer")"; return 1; }
  for seconds in {0..59}; do
    answer=$(curl -sS -o /dev/null -w '%{http_code}' "$URL/v2/prove/chunked/manifests/1")
    [ "$answer" != 200 ] || { echo "after $seconds s"; return 0; }
    sleep 1
  done
  echo "$answer after a minute"
  return 1
}

gives_no_object_by_its_key() {
  local answer
  answer=$(curl -sS -o /dev/null -w '%{http_code}' "$URL/data/00/stolen.object")
  echo "$answer"
  [[ $answer == 40[134] ]]
}

asks_doctor() { ROADSTEAD_PASSWORD=$PASSWORD "$ROOT/roadstead" doctor "$URL" --user "$USERNAME"; }

questions_of_registry() {
  ask 'roadstead doctor finds nothing wrong' asks_doctor
  ask 'a direct PUT of 6 MB over HTTP/1.1 is 201' direct_put 6M --http1.1
  ask 'likewise over HTTP/2' over_http2
  ask 'bytes are refused that have not the digest' wrong_bytes
  ask "no header of the client's reaches the object store" strange_headers
  ask 'a function takes a body of unknown length' manifest_without_length
  ask 'HEAD has a Content-Length' head_has_length
  ask 'a stream of 20 MB of unknown length goes through the relay' stream
  ask 'the edge asks strangers for credentials' edge_asks_strangers
  ask 'a wrong password is 401' wrong_password
  ask 'the edge hears what anonymous may pull' edge_hears_of_grants
  ask 'no object is given out by its key' gives_no_object_by_its_key
}
