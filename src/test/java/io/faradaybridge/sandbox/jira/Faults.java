package io.faradaybridge.sandbox.jira;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/** Which calls go wrong, and how late the search is. The first rule that fits a call counts. */
public final class Faults {

    /**
     * A rule.
     *
     * @param method an HTTP method, or {@code *}
     * @param path found anywhere in the path below the context, such as {@code /issue/bulk$}
     * @param probability 1 for a rule that counts down
     * @param remaining calls it still applies to; negative without a limit
     */
    public record Rule(Fault fault, String method, Pattern path, double probability, int remaining) {

        private boolean fits(String callMethod, String callPath) {
            return (method.equals("*") || method.equalsIgnoreCase(callMethod))
                    && path.matcher(callPath).find();
        }
    }

    private final Random random;
    private final List<Rule> rules = new ArrayList<>();
    private Duration shortestLag = Duration.ZERO;
    private Duration longestLag = Duration.ZERO;

    Faults(Random random) {
        this.random = random;
    }

    /** The next so many calls that fit get the fault. */
    public synchronized void next(int calls, String method, String pathRegex, Fault fault) {
        rules.add(new Rule(fault, method, Pattern.compile(pathRegex), 1, calls));
    }

    /** Any call that fits gets the fault with this probability, until {@link #clear}. */
    public synchronized void sometimes(double probability, String method, String pathRegex, Fault fault) {
        rules.add(new Rule(fault, method, Pattern.compile(pathRegex), probability, -1));
    }

    /** Every change of an issue takes a time between these, drawn anew, until a search shows it. */
    public synchronized void searchLag(Duration shortest, Duration longest) {
        shortestLag = shortest;
        longestLag = longest;
    }

    /** Ends all rules; the search stays as late as it is. */
    public synchronized void clear() {
        rules.clear();
    }

    public synchronized List<Rule> rules() {
        return List.copyOf(rules);
    }

    synchronized Optional<Fault> draw(String method, String path) {
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (!rule.fits(method, path) || (rule.probability() < 1 && random.nextDouble() >= rule.probability())) {
                continue;
            }
            if (rule.remaining() == 1) {
                rules.remove(i);
            } else if (rule.remaining() > 1) {
                rules.set(
                        i,
                        new Rule(rule.fault(), rule.method(), rule.path(), rule.probability(), rule.remaining() - 1));
            }
            return Optional.of(rule.fault());
        }
        return Optional.empty();
    }

    synchronized boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    synchronized Duration drawSearchLag() {
        return drawBetween(shortestLag, longestLag);
    }

    synchronized Duration drawBetween(Duration shortest, Duration longest) {
        long spread = longest.minus(shortest).toMillis();
        return spread <= 0 ? shortest : shortest.plusMillis((long) (random.nextDouble() * spread));
    }
}
