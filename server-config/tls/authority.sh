# A certificate authority for development, and the keystores of centre and hospitals, by keytool. Sourced by ./emr.
# A real installation has keys made where they are used, and certificates from its own authority: docs/operations.md.

key_tool() { light "$JAVA_HOME/bin/keytool" "$@"; }

# keystore NAME: the path of that keystore; its password is the secret of the same name
keystore() { echo "$EMR_HOME/keys/$1.p12"; }

make_certificates() {
  rm -f "$EMR_HOME"/keys/*
  local name jobs=()
  logged authority make_authority
  for name in "${DOMAINS[@]}"; do logged "keys-$name" make_keystore "$name" & jobs+=($!); done
  await "${jobs[@]}"
  jobs=()
  for name in "${DOMAINS[@]}"; do logged "trust-$name" add_trust "$name" & jobs+=($!); done
  await "${jobs[@]}"
  touch "$EMR_HOME/state/certificates"
}

make_authority() {
  key_tool -genkeypair -keystore "$(keystore ca)" -storepass:file "$EMR_HOME/secrets/ca" -alias ca -keyalg EC -groupname secp256r1 \
    -dname "CN=EMR development authority" -validity 3650 -ext bc:c=ca:true,pathlen:0 -ext ku:c=keyCertSign,cRLSign
  certificate ca ca ca
}

make_keystore() {
  local name=$1
  local server=(-ext ku:c=digitalSignature -ext eku=serverAuth -ext san=dns:localhost,ip:127.0.0.1)
  # keys are made beside a copy of the authority's, which signs them and is taken out again
  cp "$(keystore ca)" "$(keystore "$name")"
  key_tool -storepasswd -keystore "$(keystore "$name")" -storepass:file "$EMR_HOME/secrets/ca" -new:file "$EMR_HOME/secrets/$name"
  if [ "$name" = centre ]; then
    signed_key centre centre-tls "CN=localhost,O=EMR centre" "${server[@]}"
    signed_key centre centre-seal "CN=centre-seal,O=EMR centre" -ext ku:c=keyAgreement
    signed_key centre centre-sign "CN=centre-sign,O=EMR centre" -ext ku:c=digitalSignature
    certificate centre centre-seal centre-seal
    certificate centre centre-sign centre-sign
  else
    signed_key "$name" "$name" "CN=$name,O=${HOSPITAL_NAME[$name]}" -ext ku:c=digitalSignature -ext eku=clientAuth
    key_tool -changealias -keystore "$(keystore "$name")" -storepass:file "$EMR_HOME/secrets/$name" -alias "$name" -destalias hospital
    certificate "$name" hospital "$name"
    signed_key "$name" hospital-tls "CN=localhost,O=${HOSPITAL_NAME[$name]}" "${server[@]}"
  fi
  key_tool -delete -keystore "$(keystore "$name")" -storepass:file "$EMR_HOME/secrets/$name" -alias ca
  master_key "$name" "$([ "$name" = centre ] && echo centre || echo hospital)-master"
}

# signed_key KEYSTORE ALIAS DISTINGUISHED-NAME EXTENSION ...: a P-256 key with a certificate of the authority
signed_key() {
  local name=$1 alias=$2 subject=$3; shift 3
  key_tool -genkeypair -keystore "$(keystore "$name")" -storepass:file "$EMR_HOME/secrets/$name" -alias "$alias" -signer ca \
    -keyalg EC -groupname secp256r1 -dname "$subject" -validity 1095 "$@"
}

# what the demonstration's partner signs with; nobody needs to certify it, the centre knows the key itself
# make_partner_key PARTNER
make_partner_key() {
  key_tool -genkeypair -keystore "$(keystore "$1")" -storepass:file "$EMR_HOME/secrets/$1" -alias "$1" \
    -keyalg EC -groupname secp384r1 -dname "CN=$1" -validity 3650
  certificate "$1" "$1" "$1"
}

# master_key KEYSTORE ALIAS: an AES-256 key
master_key() {
  key_tool -genseckey -keystore "$(keystore "$1")" -storepass:file "$EMR_HOME/secrets/$1" -alias "$2" -keyalg AES -keysize 256
}

# whom each side trusts: the listener for hospitals our authority alone; a hospital the authority and the centre's two keys
add_trust() {
  local name=$1 alias
  if [ "$name" = centre ]; then
    trust hospitals centre ca
  else
    for alias in ca centre-seal centre-sign; do trust "$name" "$name" "$alias"; done
  fi
}

# trust KEYSTORE SECRET ALIAS: adds the certificate keys/ALIAS.pem
trust() {
  key_tool -importcert -noprompt -keystore "$(keystore "$1")" -storepass:file "$EMR_HOME/secrets/$2" -alias "$3" -file "$EMR_HOME/keys/$3.pem"
}

# certificate KEYSTORE ALIAS NAME: writes it to keys/NAME.pem
certificate() {
  key_tool -exportcert -rfc -keystore "$(keystore "$1")" -storepass:file "$EMR_HOME/secrets/$1" -alias "$2" -file "$EMR_HOME/keys/$3.pem"
}

# make_next_key HOSPITAL: beside the key it has, as hospital-next
make_next_key() {
  local name=$1 made=$1-next
  cp "$EMR_HOME/secrets/$name" "$EMR_HOME/secrets/$made"
  cp "$(keystore ca)" "$(keystore "$made")"
  key_tool -storepasswd -keystore "$(keystore "$made")" -storepass:file "$EMR_HOME/secrets/ca" -new:file "$EMR_HOME/secrets/$made"
  signed_key "$made" hospital-next "CN=$name,O=${HOSPITAL_NAME[$name]}" -ext ku:c=digitalSignature -ext eku=clientAuth
  key_tool -importkeystore -noprompt -srckeystore "$(keystore "$made")" -srcstorepass:file "$EMR_HOME/secrets/$made" \
    -destkeystore "$(keystore "$name")" -deststorepass:file "$EMR_HOME/secrets/$name" -srcalias hospital-next
  rm -f "$(keystore "$made")" "$EMR_HOME/secrets/$made"
}

# use_next_key HOSPITAL: the key it had is kept as hospital-before
use_next_key() {
  key_tool -delete -keystore "$(keystore "$1")" -storepass:file "$EMR_HOME/secrets/$1" -alias hospital-before >/dev/null 2>&1 || true
  change_alias "$1" hospital hospital-before
  change_alias "$1" hospital-next hospital
  certificate "$1" hospital "$1"
}

# change_alias KEYSTORE FROM TO
change_alias() { key_tool -changealias -keystore "$(keystore "$1")" -storepass:file "$EMR_HOME/secrets/$1" -alias "$2" -destalias "$3"; }

# rotate HOSPITAL: announces a new key under the old one and goes on with it; the centre accepts both for a while
rotate() {
  local server name=${1:-}
  [ -n "$name" ] && [ -n "${HOSPITAL_NAME[$name]:-}" ] || fail "which hospital? ./emr rotate ${HOSPITALS[0]}"
  find_java
  for server in centre "$name"; do [ -n "$(pid_of "$server")" ] || fail "$server is not running: ./emr up"; done
  step "making the next key of $name"
  logged "next-key-$name" make_next_key "$name"
  run_main centre emr.system.KeyChange "$name"
  logged "use-key-$name" use_next_key "$name"
  step "starting $name again, with its new key"
  stop "$name"
  start_domain "$name"
  step "$name has its new key"
}
