"""A passkey made of software, for tests: answers a browser's questions as a device would."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class SoftKey:
    """One key pair; `origin` is the page that asks, `checks` says whether the device checks its holder."""

    origin: str = "http://localhost"
    checks: bool = True
    number: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    pair: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any]) -> str:
        """Answer the question to make a key."""
        asked = options["publicKey"]
        public = cbor.encode(ES256.from_cryptography_key(self.pair.public_key()))
        attested = bytes(16) + len(self.number).to_bytes(2, "big") + self.number + public
        data = self._data(asked["rp"]["id"], ATTESTED) + attested
        statement = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer("webauthn.create", asked["challenge"], attestationObject=statement)

    def enter(self, options: dict[str, Any], holder: bytes = b"") -> str:
        """Answer the question to sign in."""
        asked = options["publicKey"]
        data = self._data(asked["rpId"], 0)
        said = self._said("webauthn.get", asked["challenge"])
        seal = self.pair.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            "webauthn.get", asked["challenge"], authenticatorData=data, signature=seal, userHandle=holder
        )

    def _data(self, site: str, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.checks else 0)
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + bytes(4)

    def _said(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, kind: str, challenge: str, **parts: bytes) -> str:
        response = {"clientDataJSON": self._said(kind, challenge), **parts}
        number = websafe_encode(self.number)
        return json.dumps(
            {
                "id": number,
                "rawId": number,
                "type": "public-key",
                "clientExtensionResults": {},
                "response": {name: websafe_encode(value) for name, value in response.items()},
            }
        )
