"""A stream sealed with AES-256-GCM in numbered pieces, so that no piece can be changed, moved or left out."""

from __future__ import annotations

import secrets
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"DACOMMISSION-BACKUP-1\n"
PIECE = 1024 * 1024
SALT_LENGTH, NONCE_LENGTH, LENGTH_FIELD = 16, 12, 4


class SealBroken(Exception):
    """The file is not a backup, was damaged or cut off, or the key is another one."""


def seal(plain: BinaryIO, sealed: BinaryIO, *, passphrase: str) -> None:
    """Writes the sealed form of a stream."""
    salt = secrets.token_bytes(SALT_LENGTH)
    cipher = AESGCM(_key(passphrase, salt))
    sealed.write(MAGIC + salt)
    number, piece = 0, plain.read(PIECE)
    while True:
        following = plain.read(PIECE)
        nonce = secrets.token_bytes(NONCE_LENGTH)
        text = cipher.encrypt(nonce, piece, _place(number, last=not following))
        sealed.write(struct.pack(">I", len(text)) + nonce + text)
        if not following:
            return
        number, piece = number + 1, following


def unseal(sealed: BinaryIO, plain: BinaryIO, *, passphrase: str) -> None:
    """Writes what was sealed. Raises SealBroken; what was written until then is worth nothing."""
    if sealed.read(len(MAGIC)) != MAGIC:
        raise SealBroken("This file is not a backup of this service.")
    salt = sealed.read(SALT_LENGTH)
    if len(salt) != SALT_LENGTH:
        raise SealBroken("The backup is cut off.")
    cipher = AESGCM(_key(passphrase, salt))
    number, head = 0, sealed.read(LENGTH_FIELD)
    while True:
        piece, head, last = _open_piece(cipher, sealed, number, head)
        plain.write(piece)
        if last:
            return
        number += 1


def _open_piece(cipher: AESGCM, sealed: BinaryIO, number: int, head: bytes) -> tuple[bytes, bytes, bool]:
    """One piece, the length field after it, and whether it was the last."""
    if len(head) != LENGTH_FIELD:
        raise SealBroken("The backup is cut off.")
    (length,) = struct.unpack(">I", head)
    if length > PIECE + 16:
        raise SealBroken("The backup is damaged.")
    nonce, text = sealed.read(NONCE_LENGTH), sealed.read(length)
    following = sealed.read(LENGTH_FIELD)
    try:
        return cipher.decrypt(nonce, text, _place(number, last=not following)), following, not following
    except (InvalidTag, ValueError):
        raise SealBroken("The backup is damaged or cut off, or BACKUP_KEY is not the key it was made with.") from None


def _place(number: int, *, last: bool) -> bytes:
    return struct.pack(">Q?", number, last)


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
