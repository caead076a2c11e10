#!/bin/sh
# Makes the files of this folder with openssl, an implementation that is not ours. Run again only to change them.
set -e
cd "$(dirname "$0")"
D=36500
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days $D -subj "/CN=Test authority" -keyout ca.key -out ca.pem
leaf() { # name, subject, alternative names; expects NAME.key; signed by $4 (default ca)
  by=${4:-ca}
  printf 'basicConstraints=CA:%s\nsubjectAltName=%s\n' "${5:-FALSE}" "$3" > ext
  openssl req -new -key "$1.key" -subj "$2" | openssl x509 -req -CA "$by.pem" -CAkey "$by.key" -CAcreateserial -days $D -extfile ext -out "$1.pem"
  rm -f ext ./*.srl
}
openssl genrsa -traditional -out rsa-pkcs1.key 2048
leaf rsa-pkcs1 /CN=rsa.example.com "DNS:rsa.example.com,IP:127.0.0.1"
openssl ecparam -name prime256v1 -genkey -out ec-sec1.key
leaf ec-sec1 /CN=ec.example.com "DNS:ec.example.com,DNS:*.wild.example.com,IP:127.0.0.1,IP:::1"
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp384r1 -out ec-pkcs8.key
leaf ec-pkcs8 /CN=ec8.example.com "URI:sip:domain.example.com,DNS:host.example.com"
openssl genpkey -algorithm ed25519 -out ed25519.key
leaf ed25519 /CN=ed.example.com "DNS:ed.example.com"
openssl ecparam -name prime256v1 -genkey -noout -out middle.key
leaf middle "/CN=Test intermediate" "DNS:middle.example.com" ca TRUE
openssl ecparam -name prime256v1 -genkey -noout -out below.key
leaf below /CN=below.example.com "DNS:below.example.com,IP:127.0.0.1" middle
cat ca.pem middle.pem below.pem below.key > everything-reversed.pem
cat rsa-pkcs1.key rsa-pkcs1.pem > combined.pem
openssl ec -in ec-sec1.key -aes128 -passout pass:secret -out encrypted-sec1.key
openssl pkcs8 -topk8 -in ec-sec1.key -passout pass:secret -out encrypted-pkcs8.key
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days $D -subj "/CN=common.example.com" -keyout common-name.key -out common-name.pem
