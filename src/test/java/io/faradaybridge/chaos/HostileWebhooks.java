package io.faradaybridge.chaos;

import static io.faradaybridge.chaos.HostileJson.pick;
import static io.faradaybridge.chaos.HostileJson.quoted;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.faradaybridge.sandbox.SampleFaraday;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;

/** The n-th hostile webhook of a seed: always the same one, whichever thread asks. */
final class HostileWebhooks {

    /** What a POST to the webhook's own path may be answered. */
    static final Set<Integer> PROMISED = Set.of(202, 400, 401, 413, 429, 503);

    private static final Set<Integer> REFUSED = Set.of(400, 401, 413, 429, 503);
    /** Too large by its own word, or by what arrived; a server that hangs up has said so too. */
    private static final Set<Integer> TOO_LARGE = Set.of(413, 429, RawHttp.CUT);

    private static final Set<Integer> BROKEN_OFF = Set.of(400, 401, 429, RawHttp.CUT);
    /** Other methods and paths belong to the web server, which knows more numbers; none is an acceptance or a fault. */
    private static final Set<Integer> ELSEWHERE = Set.of(400, 401, 403, 404, 405, 413, 414, 429, 501, 503);

    private static final String PATH = "/_api/v3/integrations/jira/update-issues";
    private static final String GOOD = SampleFaraday.TOKEN_OF_ADMIN;
    private static final int TOO_MANY_BYTES = 1024 * 1024 + 1;
    private static final List<String> FIELDS = List.of("title", "status", "desc", "priority", "id");
    private static final List<String> STATUSES =
            List.of("Done", "In Progress", "To Do", "done", "Closed", "Nowhere", "\u202eenoD", "x".repeat(255));
    private static final List<String> BAD_TOKENS = List.of(
            "",
            " ",
            "unknown",
            SampleFaraday.EXPIRED_TOKEN,
            SampleFaraday.REVOKED_TOKEN,
            SampleFaraday.GITLAB_TOKEN,
            SampleFaraday.TOKEN_OF_FORMER,
            GOOD.toUpperCase(Locale.ROOT),
            GOOD + "x",
            GOOD.substring(1),
            GOOD + "%00",
            GOOD + ", " + GOOD,
            "' OR true --",
            "%",
            "*",
            "${header.X-Jira-Token}",
            "#{token}",
            "${jndi:ldap://127.0.0.1:1/t}",
            "\u00e4\u00ff",
            "x".repeat(1001),
            "x".repeat(7000),
            "x".repeat(70_000));
    private static final List<String> HEADERS = List.of(
            "CamelHttpResponseCode: 299",
            "CAmelHttpResponseCode: 299",
            "CAMELHTTPRESPONSECODE: 299",
            "camelhttpresponsecode: 299",
            "CamelHttpUri: http://127.0.0.1:1/",
            "CAmelHttpUri: http://127.0.0.1:1/",
            "CamelBeanMethodName: close",
            "cAmElBeanMethodName: close",
            "CamelJmsDestinationName: dead-letter",
            "CamelFileName: ../../x",
            "CamelExecCommandExecutable: id",
            "CamelSqlQuery: DELETE FROM vulnerability",
            "CamelFreemarkerTemplate: ${1/0}",
            "org.apache.camel.MethodName: purge",
            "ORG.APACHE.CAMEL.x: y",
            "breadcrumbId: forged-%0a-id",
            "breadcrumbId: " + "b".repeat(4000),
            "bridge-correlation: forged",
            "X-HTTP-Method-Override: DELETE",
            "X-Forwarded-For: 127.0.0.1",
            "X-Forwarded-Prefix: //evil.example",
            "X-Original-URL: /observe/health",
            "Authorization: Basic !!!",
            "Authorization: Basic ZmFyYWRheTp3cm9uZw==",
            "Authorization: Bearer ${x}",
            "Cookie: JSESSIONID=1; JSESSIONID=2; =",
            "Host: evil.example",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: multipart/form-data; boundary=x",
            "Content-Type: application/x-java-serialized-object",
            "Content-Type: application/json; charset=nonsense",
            "Content-Type: ;;;=",
            "Content-Encoding: gzip",
            "Content-Encoding: br, gzip, deflate",
            "Accept: text/html;q=9",
            "Accept-Language: " + "x-".repeat(500),
            "Range: bytes=0-18446744073709551615",
            "Upgrade: h2c",
            "Origin: null",
            "X-Folded: a\r\n b",
            "No-Colon-Here",
            ": no name",
            "Bad Name: x",
            "X-Nul: a\0b",
            "X-Cr: a\rCamelHttpResponseCode: 299",
            "X-Bytes: \u0001\u007f\u00ff");
    private static final List<String> METHODS =
            List.of("GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "post", "P0ST", "");
    private static final List<String> PATHS = List.of(
            PATH + "/",
            PATH + "//",
            "/" + PATH,
            PATH + ";x=1",
            PATH + "/..;/export",
            PATH + "/../../../../../observe/env",
            PATH + "/%2e%2e/activity",
            PATH + "%2f",
            PATH + "%00",
            PATH + "%0d%0aX: y",
            PATH + ".json",
            PATH.toUpperCase(Locale.ROOT),
            PATH.replace("jira/", "jira;a=b/"),
            PATH.replace("jira/", "jira/./"),
            PATH.replace("jira/", "jira/%2e/"),
            PATH.replace("jira/", "jira%2f"),
            PATH.replace("jira/", "jira\\"),
            "/_api/v3/integrations/jira/export",
            "/_api/v3/integrations/jira/dead-letters/1/replay",
            "/actuator/env",
            "/" + "a".repeat(3000));

    private final long seed;
    private final int port;
    private final List<String> linkedKeys;
    private final List<String> linkedIds;

    HostileWebhooks(long seed, int port, List<String> linkedKeys, List<String> linkedIds) {
        this.seed = seed;
        this.port = port;
        this.linkedKeys = linkedKeys;
        this.linkedIds = linkedIds;
    }

    HostileWebhook nth(int n) {
        Random random = new Random(seed * 31 + n);
        int kind = random.nextInt(100);
        if (kind < 30) {
            return new HostileWebhook("body", post(PATH, GOOD, List.of(), HostileJson.body(random, FIELDS)), PROMISED);
        } else if (kind < 42) {
            return new HostileWebhook("forged status", post(PATH, GOOD, List.of(), forged(random)), PROMISED);
        } else if (kind < 50) {
            return new HostileWebhook("unlinked", post(PATH, GOOD, List.of(), unlinked(random)), PROMISED);
        } else if (kind < 64) {
            return token(random);
        } else if (kind < 80) {
            return headers(random);
        } else if (kind < 89) {
            return framing(random);
        } else if (kind < 90) {
            return tooLarge(random);
        }
        return elsewhere(random);
    }

    /** Well-formed, about a linked issue, and untrue. */
    private byte[] forged(Random random) {
        int which = random.nextInt(linkedKeys.size());
        return ("{\"title\": " + quoted(linkedKeys.get(which)) + ", \"status\": " + quoted(pick(random, STATUSES))
                        + ", \"desc\": " + quoted(pick(random, HostileJson.INJECTIONS)) + ", \"priority\": null"
                        + (random.nextBoolean() ? ", \"id\": \"" + linkedIds.get(which) + "\"" : "") + "}")
                .getBytes(UTF_8);
    }

    private static byte[] unlinked(Random random) {
        return ("{\"title\": \"" + pick(random, List.of("SEC-", "WEB-", "OLD-", "NONE-")) + random.nextInt(1 << 30)
                        + "\", \"status\": " + quoted(pick(random, STATUSES)) + "}")
                .getBytes(UTF_8);
    }

    private HostileWebhook token(Random random) {
        String token = pick(random, BAD_TOKENS);
        byte[] body = random.nextInt(4) == 0 ? HostileJson.body(random, FIELDS) : forged(random);
        return switch (random.nextInt(4)) {
            case 0 -> new HostileWebhook("no token", post(PATH, null, List.of(), body), REFUSED);
            case 1 ->
                new HostileWebhook(
                        "a second token", post(PATH, GOOD, List.of("X-Jira-Token: " + token), body), PROMISED);
            default -> new HostileWebhook("token", post(PATH, token, List.of(), body), REFUSED);
        };
    }

    private HostileWebhook headers(Random random) {
        Set<String> some = new TreeSet<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            some.add(pick(random, HEADERS));
        }
        if (random.nextInt(20) == 0) {
            for (int i = 0; i < 200; i++) {
                some.add("X-" + i + ": " + i);
            }
        }
        return new HostileWebhook("headers " + some, post(PATH, GOOD, List.copyOf(some), forged(random)), PROMISED);
    }

    private HostileWebhook framing(Random random) {
        byte[] body = forged(random);
        String text = new String(body, UTF_8);
        String chunk = Integer.toHexString(body.length) + "\r\n" + text + "\r\n";
        return switch (random.nextInt(11)) {
            case 0 ->
                raw("length too long", BROKEN_OFF, "Content-Length: " + (body.length + 1 + random.nextInt(999)), text);
            case 1 -> raw("length too short", PROMISED, "Content-Length: " + random.nextInt(body.length), text);
            case 2 -> raw("length negative", REFUSED, "Content-Length: -1", text);
            case 3 -> raw("length no number", REFUSED, "Content-Length: 0x20", text);
            case 4 -> raw("two lengths", REFUSED, "Content-Length: 5\r\nContent-Length: " + body.length, text);
            case 5 -> raw("no length", REFUSED, "X-Nothing: here", text);
            case 6 -> raw("chunked", PROMISED, "Transfer-Encoding: chunked", chunk + "0\r\n\r\n");
            case 7 -> raw("chunks cut", BROKEN_OFF, "Transfer-Encoding: chunked", chunk);
            case 8 -> raw("chunk no number", BROKEN_OFF, "Transfer-Encoding: chunked", "zz\r\n" + text);
            case 9 -> raw("chunk huge", BROKEN_OFF, "Transfer-Encoding: chunked", "7fffffffffffffff\r\n" + text);
            default ->
                new HostileWebhook("gzip", post(PATH, GOOD, List.of("Content-Encoding: gzip"), zipped(body)), REFUSED);
        };
    }

    private HostileWebhook tooLarge(Random random) {
        String filler =
                "{\"title\": \"SEC-1\", \"status\": \"Done\", \"desc\": \"" + "x".repeat(TOO_MANY_BYTES) + "\"}";
        if (random.nextBoolean()) {
            return raw("too large", TOO_LARGE, "Content-Length: " + filler.length(), filler);
        }
        return raw(
                "too large in chunks",
                TOO_LARGE,
                "Transfer-Encoding: chunked",
                Integer.toHexString(filler.length()) + "\r\n" + filler + "\r\n0\r\n\r\n");
    }

    private HostileWebhook elsewhere(Random random) {
        if (random.nextInt(4) == 0) {
            String encoded = PATH.replace("update", "%75pdate"); // the same path, so the same promise
            return new HostileWebhook("encoded path", post(encoded, GOOD, List.of(), forged(random)), PROMISED);
        }
        if (random.nextBoolean()) {
            String path = pick(random, PATHS);
            return new HostileWebhook("path " + path, post(path, GOOD, List.of(), forged(random)), ELSEWHERE);
        }
        String method = pick(random, METHODS);
        byte[] post = post(PATH, GOOD, List.of(), forged(random));
        byte[] other = (method + new String(post, ISO_8859_1).substring("POST".length())).getBytes(ISO_8859_1);
        return new HostileWebhook("method " + method, other, ELSEWHERE);
    }

    private HostileWebhook raw(String kind, Set<Integer> answers, String framing, String rest) {
        return new HostileWebhook(
                kind,
                (head(PATH) + "X-Jira-Token: " + GOOD + "\r\n" + framing + "\r\n\r\n" + rest).getBytes(UTF_8),
                answers);
    }

    private byte[] post(String path, String token, List<String> headers, byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes((head(path)
                        + (token == null ? "" : "X-Jira-Token: " + token + "\r\n")
                        + String.join(
                                "",
                                headers.stream().map(header -> header + "\r\n").toList())
                        + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private String head(String path) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n";
    }

    private static byte[] zipped(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }
}
