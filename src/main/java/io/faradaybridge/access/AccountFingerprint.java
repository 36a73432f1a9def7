package io.faradaybridge.access;

import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.secrets.KeyDerivation;
import org.springframework.stereotype.Component;

/**
 * A fingerprint of an account, which a sign-in is bound to. It differs for another password, another way to sign in, or
 * another account of the same name. It reveals nothing about the password.
 */
@Component
class AccountFingerprint {

    private final Signature signature;

    AccountFingerprint(KeyDerivation key) {
        this.signature = new Signature(key.derived("access/account"));
    }

    String of(FaradayUser user) {
        return signature.of(
                user.id() + "\0" + user.uniquifier() + "\0" + user.passwordHash() + "\0" + user.passwordAlone());
    }
}
