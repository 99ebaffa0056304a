# shellcheck shell=bash
# Part of infra-cdk/prove: deploying, leaving, and what only the account can be asked.

STACK=Roadstead

output() { aws cloudformation describe-stacks --stack-name "$STACK" --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue" --output text; }

# Physical names of the stack's resources of a type.
resources() { # type [what the logical name begins with]
  aws cloudformation describe-stack-resources --stack-name "$STACK" --output text \
    --query "StackResources[?ResourceType=='$1' && starts_with(LogicalResourceId,'${2-}')].PhysicalResourceId"
}

deploy() {
  "$ROOT/roadstead" synth --output "$SCRATCH/assembly" >>"$REPORT.log"
  cdk deploy --app "$SCRATCH/assembly" --require-approval never RoadsteadData "$STACK" >>"$REPORT.log"
  URL=https://$(output HostName)
}

leave() {
  if [ "$KEEP" = yes ]; then
    say "Kept: $URL"
    return
  fi
  cdk destroy --app "$SCRATCH/assembly" --force "$STACK" >>"$REPORT.log" || say "$STACK was not destroyed: do it by hand."
  say 'RoadsteadData keeps its table and bucket: delete them by hand when you want them gone.'
}

# shellcheck disable=SC2034 # others sign in with it
make_administrator() {
  aws lambda invoke --function-name "$(output SetAdministrator)" "$SCRATCH/administrator" >>"$REPORT.log"
  USERNAME=admin PASSWORD=$(sed -n 's/.*"password":"\([^"]*\)".*/\1/p' "$SCRATCH/administrator")
  rm "$SCRATCH/administrator"
  [ -n "$PASSWORD" ] || fail 'set-administrator showed no password'
}

function_refuses_strangers() {
  local function url answer
  function=$(resources AWS::Lambda::Function FunctionspingFunction)
  url=$(aws lambda get-function-url-config --function-name "$function" --qualifier live --query FunctionUrl --output text)
  answer=$(curl -sS -o /dev/null -w '%{http_code}' "${url%/}/v2/")
  echo "$answer"
  [ "$answer" = 403 ]
}

LARGEST=${PROVE_LARGEST:-5G} # what S3 takes in one PUT

# Many at once, so that many are restored.
restore_times() {
  local group stream times
  seq 40 | xargs -P 40 -I{} curl -sS -o /dev/null --config "$SCRATCH/curl" "$URL/v2/prove/chunked/manifests/1"
  sleep "$LOG_DELAY"
  group=$(resources AWS::Logs::LogGroup FunctionsLog)
  stream=$(date -u +%Y/%m/%d)/$(resources AWS::Lambda::Function FunctionsgetmanifestFunction)
  times=$(aws logs filter-log-events --log-group-name "$group" --log-stream-name-prefix "$stream" --filter-pattern '"Restore Duration"' --query 'events[].message' --output text |
    tr '\t' '\n' | sed -nE 's/^ *(RESTORE_REPORT )?Restore Duration: ([0-9.]+) ms.*/\2/p' | sort -n)
  echo "median $(sed -n "$((($(wc -l <<<"$times") + 1) / 2))p" <<<"$times") ms, longest $(tail -n 1 <<<"$times") ms"
  [ -n "$times" ]
}
LOG_DELAY=${PROVE_LOG_DELAY:-60} # seconds until CloudWatch has what was logged

wakes_relay() {
  local machine
  machine=$(resources AWS::EC2::Instance)
  [ -n "$machine" ] || skip 'it has no relay that sleeps'
  # It falls asleep after ten minutes without a stream, and a wait lasts ten minutes.
  aws ec2 wait instance-stopped --instance-ids "$machine" || aws ec2 wait instance-stopped --instance-ids "$machine"
  stream
}

# First of all: a machine that has just been made installs itself, and only then falls asleep; until it was woken, others that
# send streams would wait in vain.
question_of_relay() {
  ask_account 'the relay wakes for a client that sends a stream' wakes_relay
}

questions_of_account() {
  ask_account 'a direct PUT of 5 GiB is 201: S3 answers in time' direct_put "$LARGEST" --http1.1
  ask_account "a function's own address refuses who is not the edge" function_refuses_strangers
  ask_account 'get-manifest comes back from its snapshot' restore_times
}
