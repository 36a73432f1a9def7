package io.faradaybridge.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.web.AccessSettings;
import io.faradaybridge.web.Attempt;
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
 * Name and password against Faraday's accounts. Where the stored hash is not all it takes (second factor, LDAP, SAML) Faraday
 * itself is asked, if the bridge knows its address. An answer that was right is remembered for a minute, so that a script
 * neither waits for bcrypt at each call nor makes Faraday sign it in; it counts only while the account is unchanged. Why a
 * sign-in failed is not told, in words or in time.
 */
@Component
class SignIn implements AuthenticationProvider {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final Duration COST_KNOWN = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 10_000;

    private final FaradayUsers users;
    private final FaradayLogin faraday;
    private final AccountFingerprint mark;
    private final SignInLimits limits;
    private final Map<String, CompletableFuture<FaradayUser>> judged = new ConcurrentHashMap<>();
    private final Signature ofThisProcess = new Signature(random());
    private final Cache<String, String> right = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();
    private final Cache<Boolean, String> unknownHash =
            Caffeine.newBuilder().expireAfterWrite(COST_KNOWN).build();

    SignIn(FaradayUsers users, FaradayLogin faraday, AccountFingerprint mark, AccessSettings settings) {
        this.users = users;
        this.faraday = faraday;
        this.mark = mark;
        this.limits = new SignInLimits(settings);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    /**
     * @throws BadCredentialsException whatever it was that did not fit
     * @throws SignInLimited after too many failures
     * @throws InternalAuthenticationServiceException nobody could find out; its message says what does not answer
     */
    @Override
    public Authentication authenticate(Authentication attempt) {
        String username = Passwords.withoutNul(attempt.getName());
        String password = Passwords.withoutNul(String.valueOf(attempt.getCredentials()));
        String address = attempt.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
        String attempted = ofThisProcess.of(username + "\0" + password);
        String remembered = right.getIfPresent(attempted);
        if (remembered == null) {
            refuseFor(limits.secondsToWait(username, address)); // before it costs anything
        }
        try {
            Optional<FaradayUser> user = users.byUsername(username);
            Optional<FaradayUser> known =
                    user.filter(found -> found.active() && mark.of(found).equals(remembered));
            FaradayUser signedIn =
                    known.isPresent() ? known.get() : once(attempted, () -> check(user, username, password, address));
            if (known.isEmpty()) {
                right.put(attempted, mark.of(signedIn));
                limits.wasRight(username, address);
            }
            return authenticated(signedIn, attempt.getDetails());
        } catch (DataAccessException | TransactionException e) {
            throw databaseAway(e);
        }
    }

    private interface Judgement {
        FaradayUser made();
    }

    /** The same name and password many times at once, as a page or a script sends them, is one attempt. */
    private FaradayUser once(String attempted, Judgement judgement) {
        CompletableFuture<FaradayUser> mine = new CompletableFuture<>();
        CompletableFuture<FaradayUser> others = judged.putIfAbsent(attempted, mine);
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
            FaradayUser user = judgement.made();
            mine.complete(user);
            return user;
        } catch (RuntimeException | Error e) { // whoever waits for it must hear of it
            mine.completeExceptionally(e);
            throw e;
        } finally {
            judged.remove(attempted);
        }
    }

    /**
     * Whoever is signed in to Faraday in the same browser: the only way for accounts of SAML, and for those with a second
     * factor.
     *
     * @throws InvalidRequest where the bridge does not know its Faraday
     * @throws BadCredentialsException the session is nobody's, or nobody's who may sign in
     * @throws InternalAuthenticationServiceException nobody could find out; its message says what does not answer
     */
    Authentication byFaradaySession(String faradaySession, WebAuthenticationDetails details) {
        if (!faraday.configured()) {
            throw new InvalidRequest(
                    "faraday_session",
                    "cannot be looked up: the bridge does not know its Faraday; set bridge.faraday.login-url");
        }
        Attempt attempt = taken(limits.atAddress(details.getRemoteAddress()));
        boolean judged = false;
        try {
            Optional<FaradayUser> user =
                    faraday.userOf(faradaySession).flatMap(users::byUsername).filter(FaradayUser::active);
            judged = user.isEmpty();
            return authenticated(
                    user.orElseThrow(() -> new BadCredentialsException("the session is nobody's")), details);
        } catch (DataAccessException | TransactionException e) {
            throw databaseAway(e);
        } finally {
            if (!judged) {
                attempt.giveBack();
            }
        }
    }

    /** Counts as failed before it is judged, and no more where it was right, or nobody could judge it. */
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
     * Always one bcrypt check, and always Faraday where it is known and the hash does not let in: neither the time nor a
     * Faraday that does not answer tells which names there are, and of which kind.
     */
    private boolean fits(Optional<FaradayUser> user, String username, String password) {
        Optional<FaradayUser> active = user.filter(FaradayUser::active);
        Optional<String> hash = active.filter(FaradayUser::passwordAlone).map(FaradayUser::passwordHash);
        if (Passwords.matches(password, hash.orElseGet(this::hashOfNobody)) && hash.isPresent()) {
            return true;
        }
        return faraday.configured()
                && faraday.admits(username, password)
                && active.filter(found -> !found.passwordAlone()).isPresent();
    }

    private String hashOfNobody() {
        return unknownHash.get(true, absent -> Passwords.unknown(users.usualHashCost()));
    }

    private static byte[] random() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static InternalAuthenticationServiceException databaseAway(Exception e) {
        return new InternalAuthenticationServiceException("the database does not answer; try again in a moment", e);
    }

    private static void refuseFor(long seconds) {
        if (seconds > 0) {
            throw new SignInLimited(seconds);
        }
    }
}
