package io.faradaybridge.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bodies that mean harm: what is no JSON, what is JSON of the wrong shape, and values that somebody might interpret. */
final class HostileJson {

    /** Each is a text that some library has once carried out. */
    static final List<String> INJECTIONS = List.of(
            "SEC-1'; DROP TABLE vulnerability; --",
            "' OR '1'='1",
            "${jndi:ldap://127.0.0.1:1/x}",
            "${${lower:j}ndi:${lower:l}dap://127.0.0.1:1/x}",
            "#{T(java.lang.Runtime).getRuntime().exec('id')}",
            "${T(java.lang.System).exit(1)}",
            "${bean:deadLetters?method=purge}",
            "${camelContext.stop()}",
            "${exception.stackTrace}",
            "${header.X-Jira-Token}",
            "${sys.java.home}${env:PATH}",
            "{{issue.key}}",
            "{{env:BRIDGE_DATABASE_PASSWORD}}",
            "{{bridge.database.password}}",
            "<#assign x='freemarker.template.utility.Execute'?new()>${x('id')}",
            "{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
            "\r\nX-Jira-Token: x\r\n\r\nPOST / HTTP/1.1",
            "<script>alert(1)</script>",
            "../../../../etc/passwd",
            "file:/etc/passwd",
            "\u202eSEC-1\u2066",
            "sec\u0131-1",
            "%s%n%x {} {}");

    /** JSON's own ways of being no text, or a strange one. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0.5",
            "1e400",
            "1e-999999999",
            "1e999999999",
            "-0",
            "9".repeat(40),
            "9".repeat(5000),
            "2147483648",
            "NaN",
            "Infinity",
            "0x10",
            "017",
            "+1",
            "[]",
            "{}",
            "[[1],{\"a\":null}]",
            "{\"$type\":\"java.lang.Runtime\",\"@class\":\"java.net.URL\"}",
            "[\"java.util.HashMap\",{}]",
            "\"\"",
            "\"   \"",
            "\"\\u0000\"",
            "\"SEC-1\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"Done\\ud800\"",
            "\"a \"quoted\" one\"",
            "\"\"\"Done\"\"\"",
            "'Done'",
            "\"\\x\"",
            "\"tab\there\"",
            "\"line\nhere\"",
            "\"SEC-99999999999999999999\"",
            "\"-1\"",
            "\"sec-1\"",
            "\" SEC-1 \"",
            "\"Done\"",
            "\"In Progress\"");

    private HostileJson() {}

    /** @param fields those the reader knows */
    static byte[] body(Random random, List<String> fields) {
        String object = object(random, fields);
        return switch (random.nextInt(16)) {
            case 0 -> object.substring(0, random.nextInt(object.length())).getBytes(UTF_8);
            case 1 -> bytes(random);
            case 2 -> flipped(random, object.getBytes(UTF_8));
            case 3 -> nested(random, fields).getBytes(UTF_8);
            case 4 -> object.getBytes(random.nextBoolean() ? UTF_16LE : UTF_16BE);
            case 5 -> ("\ufeff" + object).getBytes(UTF_8);
            case 6 -> object.replace("\"a", "\"\u00e4\u00ff").getBytes(ISO_8859_1);
            case 7 -> (object + object).getBytes(UTF_8);
            case 8 -> ("[" + object + "]").getBytes(UTF_8);
            case 9 -> pick(random, VALUES).getBytes(UTF_8);
            case 10 -> many(random, fields).getBytes(UTF_8);
            default -> object.getBytes(UTF_8);
        };
    }

    /** Each field present or not, once or more often, with any value. */
    private static String object(Random random, List<String> fields) {
        List<String> members = new ArrayList<>();
        for (String field : fields) {
            for (int times = random.nextInt(10) == 0 ? 2 : random.nextInt(6) == 0 ? 0 : 1; times > 0; times--) {
                members.add("\"" + field + "\": " + value(random));
            }
        }
        members.add("\"" + pick(random, List.of("", "__proto__", "class", "@type", "CamelHttpUri", "x")) + "\": "
                + value(random));
        return "{" + String.join(", ", members) + "}";
    }

    private static String value(Random random) {
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> quoted(pick(random, INJECTIONS));
            case 4 -> quoted("x".repeat(1 << random.nextInt(18)));
            case 5 -> quoted(new String(bytes(random), UTF_16LE));
            default -> pick(random, VALUES);
        };
    }

    static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\r", "\\r")
                        .replace("\n", "\\n")
                + '"';
    }

    private static String nested(Random random, List<String> fields) {
        int deep = 1 << (4 + random.nextInt(13));
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        String close = open.equals("[") ? "]" : "}";
        return "{\"" + pick(random, fields) + "\": " + open.repeat(deep)
                + (random.nextBoolean() ? "1" + close.repeat(deep) + "}" : "");
    }

    private static String many(Random random, List<String> fields) {
        StringBuilder json = new StringBuilder("{");
        int members = random.nextInt(5000);
        for (int i = 0; i < members; i++) {
            json.append("\"k").append(i).append("\":").append(i).append(',');
        }
        return json.append('"').append(pick(random, fields)).append("\":1}").toString();
    }

    static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(400)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] flipped(Random random, byte[] bytes) {
        byte[] flipped = Arrays.copyOf(bytes, bytes.length);
        for (int i = random.nextInt(4); i >= 0; i--) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
