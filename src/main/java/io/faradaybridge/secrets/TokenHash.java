package io.faradaybridge.secrets;

import io.faradaybridge.tables.Sha256;

/**
 * The hash by which a token is recognised without storing it. Tokens are long and random, so the hash does not reveal
 * them.
 */
public final class TokenHash {

    private TokenHash() {}

    public static String of(String token) {
        return Sha256.hex(token);
    }
}
