package io.faradaybridge.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.web.AccessSettings;
import io.faradaybridge.web.Attempt;
import io.faradaybridge.web.ErrorAnswers;
import io.faradaybridge.web.InvalidRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Checks name and password with Faraday's accounts. If the stored hash is not enough (second factor, LDAP, SAML),
 * Faraday itself is asked, if the bridge knows its address. A success is kept for a minute while the account is
 * unchanged, so that a script does not wait for bcrypt or Faraday at each call. Neither the message nor the time of the
 * answer shows why a sign-in failed.
 */
@Component
class SignIn implements AuthenticationProvider {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration COST_KNOWN = Duration.ofMinutes(5);
    private static final int MOST_KEPT = 10_000;

    private final FaradayUsers users;
    private final FaradayLogin faraday;
    private final AccountFingerprint fingerprint;
    private final SignInLimits limits;
    private final Map<String, CompletableFuture<FaradayUser>> running = new ConcurrentHashMap<>();
    private final Signature ofThisProcess = new Signature(random());
    private final Cache<String, String> succeeded =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterWrite(KEPT).build();
    private final Cache<Boolean, String> unknownNames =
            Caffeine.newBuilder().expireAfterWrite(COST_KNOWN).build();

    SignIn(FaradayUsers users, FaradayLogin faraday, AccountFingerprint fingerprint, AccessSettings settings) {
        this.users = users;
        this.faraday = faraday;
        this.fingerprint = fingerprint;
        this.limits = new SignInLimits(settings);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    /**
     * @throws BadCredentialsException if the sign-in failed, for whatever reason
     * @throws SignInLimited if too many sign-ins have failed
     * @throws InternalAuthenticationServiceException if the database or Faraday does not answer; the message says which
     */
    @Override
    public Authentication authenticate(Authentication attempt) {
        String username = Passwords.withoutNul(attempt.getName());
        String password = Passwords.withoutNul(String.valueOf(attempt.getCredentials()));
        String address = attempt.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
        String attempted = ofThisProcess.of(username + "\0" + password);
        String fingerprintThen = succeeded.getIfPresent(attempted);
        if (fingerprintThen == null) {
            refuseFor(limits.secondsToWait(username, address)); // before anything expensive is done
        }
        try {
            Optional<FaradayUser> user = users.byUsername(username);
            Optional<FaradayUser> known =
                    user.filter(found -> found.active() && fingerprint.of(found).equals(fingerprintThen));
            FaradayUser signedIn =
                    known.isPresent() ? known.get() : once(attempted, () -> check(user, username, password, address));
            if (known.isEmpty()) {
                succeeded.put(attempted, fingerprint.of(signedIn));
                limits.wasRight(username, address);
            }
            return authenticated(signedIn, attempt.getDetails());
        } catch (DataAccessException | TransactionException e) {
            throw databaseAway(e);
        }
    }

    private interface Check {
        FaradayUser made();
    }

    /** Several sign-ins with the same name and password at the same time, from a page or a script, are one attempt. */
    private FaradayUser once(String attempted, Check check) {
        CompletableFuture<FaradayUser> mine = new CompletableFuture<>();
        CompletableFuture<FaradayUser> others = running.putIfAbsent(attempted, mine);
        if (others != null) {
            try {
                return others.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException why) {
                    throw why;
                }
                throw e;
            }
        }
        try {
            FaradayUser user = check.made();
            mine.complete(user);
            return user;
        } catch (RuntimeException | Error e) { // the other requests that wait for it must fail too
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(attempted);
        }
    }

    /**
     * Signs in the user who is signed in to Faraday in the same browser. This is the only way for accounts of SAML and
     * with a second factor.
     *
     * @throws InvalidRequest if the bridge does not know Faraday's address
     * @throws BadCredentialsException if the session has no user, or one who may not sign in
     * @throws InternalAuthenticationServiceException if the database or Faraday does not answer; the message says which
     */
    Authentication byFaradaySession(String faradaySession, WebAuthenticationDetails details) {
        if (!faraday.configured()) {
            throw new InvalidRequest(
                    "faraday_session",
                    "cannot be checked, because the bridge does not know Faraday's address; set"
                            + " bridge.faraday.login-url");
        }
        Attempt attempt = taken(limits.atAddress(details.getRemoteAddress()));
        boolean checked = false;
        try {
            Optional<FaradayUser> user =
                    faraday.userOf(faradaySession).flatMap(users::byUsername).filter(FaradayUser::active);
            checked = user.isEmpty();
            return authenticated(
                    user.orElseThrow(() -> new BadCredentialsException("Faraday knows no user of this session")),
                    details);
        } catch (DataAccessException | TransactionException e) {
            throw databaseAway(e);
        } finally {
            if (!checked) {
                attempt.giveBack();
            }
        }
    }

    /**
     * Counts the attempt as failed before it is checked, and takes that back if it was succeeded or could not be checked.
     */
    private FaradayUser check(Optional<FaradayUser> user, String username, String password, String address) {
        Attempt attempt = taken(limits.of(username, address));
        boolean wrong = false;
        try {
            wrong = !fits(user, username, password);
        } finally {
            if (!wrong) {
                attempt.giveBack();
            }
        }
        if (wrong) {
            throw new BadCredentialsException("the sign-in failed");
        }
        return user.orElseThrow();
    }

    private static Attempt taken(Attempt attempt) {
        refuseFor(attempt.secondsToWait());
        return attempt;
    }

    Authentication authenticated(FaradayUser user, @Nullable Object details) {
        var authentication = UsernamePasswordAuthenticationToken.authenticated(
                new SignedIn(user),
                null,
                users.permissions(user.id()).stream()
                        .map(SimpleGrantedAuthority::new)
                        .toList());
        authentication.setDetails(details);
        return authentication;
    }

    /**
     * Does one bcrypt check for every name, and asks Faraday, if its address is known, whenever the hash does not fit.
     * So neither the time nor a Faraday that does not answer reveals which names exist and of which type they are.
     */
    private boolean fits(Optional<FaradayUser> user, String username, String password) {
        Optional<FaradayUser> active = user.filter(FaradayUser::active);
        Optional<String> hash = active.filter(FaradayUser::passwordAlone).map(FaradayUser::passwordHash);
        if (Passwords.matches(password, hash.orElseGet(this::hashForUnknownNames)) && hash.isPresent()) {
            return true;
        }
        return faraday.configured()
                && faraday.admits(username, password)
                && active.filter(found -> !found.passwordAlone()).isPresent();
    }

    private String hashForUnknownNames() {
        return unknownNames.get(true, absent -> Passwords.unknown(users.usualHashCost()));
    }

    private static byte[] random() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static InternalAuthenticationServiceException databaseAway(Exception e) {
        return new InternalAuthenticationServiceException(ErrorAnswers.DATABASE_AWAY, e);
    }

    private static void refuseFor(long seconds) {
        if (seconds > 0) {
            throw new SignInLimited(seconds);
        }
    }
}
