# shellcheck shell=bash
# Part of infra-cdk/prove: every client that is installed pushes a new image of 6 MB and pulls it, which no registry makes of 200
# alone: clients want 201, a location and a digest.

# Flags of clients that speak plain HTTP, to a registry on this machine; none for a real one.
plain() { case $URL in http:*) printf '%s\n' "$@" ;; esac }

password() { printf '%s' "$PASSWORD"; }

push_with_crane() {
  password | crane auth login "$HOST" --username "$USERNAME" --password-stdin
  # shellcheck disable=SC2046 # one word per flag, here and below
  crane push $(plain --insecure) "$SCRATCH/image" "$HOST/prove/crane:1"
  crane pull $(plain --insecure) "$HOST/prove/crane:1" "$SCRATCH/pulled"
}

push_with_regctl() {
  [ -z "$(plain http)" ] || regctl registry set --tls disabled --skip-check "$HOST"
  password | regctl registry login "$HOST" --user "$USERNAME" --pass-stdin
  regctl image copy "ocidir://$SCRATCH/image:1" "$HOST/prove/regctl:1"
  regctl image copy "$HOST/prove/regctl:1" "ocidir://$SCRATCH/pulled:1"
}

push_with_helm() {
  local chart=$SCRATCH/chart
  mkdir -p "$chart"
  printf 'apiVersion: v2\nname: helm\nversion: 1.0.0\n' >"$chart/Chart.yaml"
  # Helm takes no file above 5 MiB into a chart.
  head -c 3M /dev/urandom >"$chart/one" && head -c 3M /dev/urandom >"$chart/two"
  helm package "$chart" --destination "$SCRATCH"
  # shellcheck disable=SC2046
  password | helm registry login "$HOST" --username "$USERNAME" --password-stdin $(plain --plain-http)
  # shellcheck disable=SC2046
  helm push "$SCRATCH/helm-1.0.0.tgz" "oci://$HOST/prove" $(plain --plain-http)
  # shellcheck disable=SC2046
  helm pull "oci://$HOST/prove/helm" --version 1.0.0 --destination "$SCRATCH/pulled" $(plain --plain-http)
}

# What skopeo has told the file, podman and buildah find there.
containers_login() {
  # shellcheck disable=SC2046
  password | "$1" login $(plain --tls-verify=false) --username "$USERNAME" --password-stdin "$HOST"
}

push_with_skopeo() {
  containers_login skopeo
  # shellcheck disable=SC2046
  skopeo --insecure-policy copy $(plain --dest-tls-verify=false) "oci:$SCRATCH/image:1" "docker://$HOST/prove/skopeo:1"
  # shellcheck disable=SC2046
  skopeo --insecure-policy copy $(plain --src-tls-verify=false) "docker://$HOST/prove/skopeo:1" "oci:$SCRATCH/pulled:1"
}

push_with_storage() { # podman|buildah
  local image program=("$1" --root "$SCRATCH/storage" --runroot "$SCRATCH/run" --storage-driver vfs)
  containers_login "$1"
  image=$("${program[@]}" pull --quiet "oci-archive:$SCRATCH/image.tar" | tail -n 1)
  # shellcheck disable=SC2046
  "${program[@]}" push $(plain --tls-verify=false) "$image" "docker://$HOST/prove/$1:1"
  "${program[@]}" rmi --force "$image"
  # shellcheck disable=SC2046
  "${program[@]}" pull $(plain --tls-verify=false) "docker://$HOST/prove/$1:1"
  "${program[@]}" rmi --all --force
}
push_with_podman() { push_with_storage podman; }
push_with_buildah() { push_with_storage buildah; }

push_with_docker() {
  docker info || skip 'no daemon of Docker answers'
  password | docker login --username "$USERNAME" --password-stdin "$HOST"
  docker import "$SCRATCH/layer" "$HOST/prove/docker:1"
  docker push "$HOST/prove/docker:1"
  docker rmi "$HOST/prove/docker:1"
  docker pull "$HOST/prove/docker:1"
  docker rmi "$HOST/prove/docker:1"
}

# It takes a password from a terminal, from an argument, or from the settings of a host.
push_with_ctr() {
  local hosts=$SCRATCH/hosts program=(ctr --namespace prove)
  "${program[@]}" version || skip 'no containerd answers'
  mkdir -p "$hosts/$HOST"
  printf '[host."%s"]\ncapabilities = ["pull", "resolve", "push"]\n[host."%s".header]\nauthorization = "Basic %s"\n' \
    "$URL" "$URL" "$(printf '%s:%s' "$USERNAME" "$PASSWORD" | openssl base64 -A)" >"$hosts/$HOST/hosts.toml"
  "${program[@]}" images import --no-unpack "$SCRATCH/image.tar"
  "${program[@]}" images push --hosts-dir "$hosts" "$HOST/prove/ctr:1" prove.example/image:1
  "${program[@]}" images rm --sync prove.example/image:1
  "${program[@]}" content fetch --hosts-dir "$hosts" "$HOST/prove/ctr:1"
  "${program[@]}" images rm --sync "$HOST/prove/ctr:1"
}

# They keep what they know in a folder that is deleted.
with_client() { # client tag
  local begun=$SECONDS
  export DOCKER_CONFIG=$SCRATCH REGISTRY_AUTH_FILE=$SCRATCH/config.json REGCTL_CONFIG=$SCRATCH/regctl.json \
    HELM_REGISTRY_CONFIG=$SCRATCH/config.json
  command -v "$1" || skip "$1 is not installed"
  make_image
  rm -rf "$SCRATCH/pulled" && if [ "$1" = helm ]; then mkdir "$SCRATCH/pulled"; fi
  "push_with_$1"
  has_whole "prove/$1" "$2"
  echo "both in $((SECONDS - begun)) s"
}

questions_of_clients() {
  local client
  for client in ctr regctl crane skopeo podman buildah docker; do
    ask "$client pushes 6 MB and pulls it" with_client $client 1
  done
  ask 'helm pushes 6 MB and pulls it' with_client helm 1.0.0
}
