package io.faradaybridge.access;

import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/**
 * Faraday's accounts as Spring Security sees them: the stored bcrypt hash, and every allowed {@code unit:action} as an
 * authority. Accounts whose password is not all it takes (LDAP, SAML, second factor) do not get in by it.
 */
@Component
class FaradayAccounts implements UserDetailsService {

    private final FaradayUsers users;

    FaradayAccounts(FaradayUsers users) {
        this.users = users;
    }

    @Override
    public UserDetails loadUserByUsername(String username) {
        FaradayUser user = users.byUsername(username.replace("\0", ""))
                .filter(found -> found.passwordHash() != null && !found.secondFactor())
                .orElseThrow(() -> new UsernameNotFoundException("no such user with a password alone"));
        return User.withUsername(user.username())
                .password(String.valueOf(user.passwordHash()))
                .disabled(!user.active())
                .authorities(users.permissions(user.id()).stream()
                        .map(SimpleGrantedAuthority::new)
                        .toList())
                .build();
    }
}
