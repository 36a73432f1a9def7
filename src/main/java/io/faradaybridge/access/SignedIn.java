package io.faradaybridge.access;

import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import org.springframework.security.core.AuthenticatedPrincipal;

/** The user who makes the request, as Faraday's table showed them when it arrived. */
record SignedIn(FaradayUser user) implements AuthenticatedPrincipal {

    @Override
    public String getName() {
        return user.username();
    }
}
