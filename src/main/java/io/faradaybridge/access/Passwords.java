package io.faradaybridge.access;

import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Passwords as Faraday (passlib) keeps them: plain bcrypt of the UTF-8 bytes, of which only the first 72 count. A NUL never
 * counts.
 */
final class Passwords {

    private Passwords() {}

    static String withoutNul(String text) {
        return text.replace("\0", "");
    }

    /** @param hash a hash that is none matches nothing */
    static boolean matches(String password, String hash) {
        try {
            return BCrypt.checkpw(withoutNul(password), hash);
        } catch (IllegalArgumentException notBcrypt) {
            return false;
        }
    }

    /** A hash whose password nobody knows: a check against it costs what a check of that cost costs. */
    static String unknown(int cost) {
        return BCrypt.gensalt("$2b", cost) + "0123456789012345678901234567890";
    }
}
