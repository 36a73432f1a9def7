package io.faradaybridge.access;

import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import org.springframework.security.core.AuthenticatedPrincipal;

/** Whoever makes the request, as Faraday's table showed them when it came. */
record SignedIn(FaradayUser user) implements AuthenticatedPrincipal {

    @Override
    public String getName() {
        return user.username();
    }
}
