package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The Automation rule "status changed, then send a web request". Nobody signs its posts and nothing is ever sent again;
 * they come as late, as often and in as odd an order as one asks for.
 */
public final class Automation implements IssueStore.Listener {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    /**
     * A post that was sent, or would have been had it not got lost.
     *
     * @param outcome the HTTP status, or why there was none
     */
    public record Delivery(String issue, String status, String outcome) {}

    private final Faults faults;
    private final Oddities oddities;
    private final Catalogue catalogue;
    private final Executor threads;
    private final HttpClient client;
    private final List<Delivery> deliveries = new ArrayList<>();
    private final Map<String, CompletableFuture<Void>> lastOfIssue = new ConcurrentHashMap<>();

    private volatile boolean enabled;
    private volatile URI url;
    private volatile String token = "";
    private volatile Duration shortestDelay = Duration.ZERO;
    private volatile Duration longestDelay = Duration.ZERO;
    private volatile boolean reorders;
    private volatile double loss;
    private volatile double duplication;

    Automation(Faults faults, Oddities oddities, Catalogue catalogue, Executor threads) {
        this.faults = faults;
        this.oddities = oddities;
        this.catalogue = catalogue;
        this.threads = threads;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(threads)
                .build();
    }

    /** Where to post, and the value of {@code X-Jira-Token}; switches the rule on. */
    public Automation postTo(String address, String secret) {
        url = URI.create(address);
        token = secret;
        enabled = true;
        return this;
    }

    public Automation enabled(boolean on) {
        enabled = on;
        return this;
    }

    public Automation delay(Duration shortest, Duration longest) {
        shortestDelay = shortest;
        longestDelay = longest;
        return this;
    }

    /** Without this, posts about one issue keep their order however long they take. */
    public Automation reorders(boolean on) {
        reorders = on;
        return this;
    }

    public Automation loses(double probability) {
        loss = probability;
        return this;
    }

    public Automation duplicates(double probability) {
        duplication = probability;
        return this;
    }

    /** Off, prompt and reliable, and with no memory of what it posted. */
    void reset() {
        enabled(false)
                .delay(Duration.ZERO, Duration.ZERO)
                .reorders(false)
                .loses(0)
                .duplicates(0);
        synchronized (deliveries) {
            deliveries.clear();
        }
    }

    public List<Delivery> deliveries() {
        synchronized (deliveries) {
            return List.copyOf(deliveries);
        }
    }

    @Override
    public void changed(SandboxIssue before, SandboxIssue after) {
        if (!enabled || url == null || before.statusId().equals(after.statusId())) {
            return;
        }
        Status status = oddities.status(
                catalogue.project(after.project()).orElseThrow().workflow().status(after.statusId()));
        byte[] body = Json.bytes(Json.object(
                "title", after.key(),
                "desc", text(after, "description", ""),
                "priority", text(after, "priority", "name"),
                "status", status.name()));
        if (draw(loss)) {
            note(new Delivery(after.key(), status.name(), "lost"));
            return;
        }
        schedule(after, status, body);
        if (draw(duplication)) {
            schedule(after, status, body);
        }
    }

    /** A missing value renders as nothing. */
    private static String text(SandboxIssue issue, String field, String part) {
        JsonNode value = issue.fields().get(field);
        if (value == null) {
            return "";
        }
        return part.isEmpty() ? value.asText() : value.path(part).asText();
    }

    private boolean draw(double probability) {
        return probability > 0 && faults.chance(probability);
    }

    private void schedule(SandboxIssue issue, Status status, byte[] body) {
        Duration delay = faults.drawBetween(shortestDelay, longestDelay);
        Executor later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, threads);
        Runnable post = () -> post(issue, status, body);
        if (reorders) {
            later.execute(post);
        } else {
            CompletableFuture<Void> due = CompletableFuture.runAsync(() -> {}, later);
            lastOfIssue.compute(issue.id(), (id, last) -> (last == null ? due : CompletableFuture.allOf(last, due))
                    .thenRunAsync(post, threads));
        }
    }

    private void post(SandboxIssue issue, Status status, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(ANSWER_TIMEOUT)
                .header("Content-Type", "application/json")
                .header("X-Jira-Token", token)
                .header("User-Agent", "Automation for Jira app/v2")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        String outcome;
        try {
            outcome = String.valueOf(
                    client.send(request, BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            outcome = e.getClass().getSimpleName();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome = "interrupted";
        }
        note(new Delivery(issue.key(), status.name(), outcome));
    }

    private void note(Delivery delivery) {
        synchronized (deliveries) {
            deliveries.add(delivery);
        }
    }
}
