/**
 * Secrets at rest: PINs as slow hashes (RFC 8018, PBKDF2), recordings and voicemail in sealed files (AES-256-GCM in chunks, the key of each
 * file derived by HKDF, RFC 5869, from a key file). The format is in docs/security.md. Whoever reads or writes files that
 * may be sealed does it through a {@link io.allo.io.vault.Vault}. No threads of its own: what is here belongs to one
 * thread at a time, and may wait for a disk. Uses core.random only.
 */
@org.jspecify.annotations.NullMarked
package io.allo.io.vault;
