package io.faradaybridge.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.fge.jsonschema.core.exceptions.ProcessingException;
import com.github.fge.jsonschema.core.report.ProcessingReport;
import com.github.fge.jsonschema.main.JsonSchemaFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQIllegalStateException;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.yaml.snakeyaml.Yaml;

/**
 * Holds messages to {@code docs/asyncapi.yaml}. Its broker does not take a message of the bridge that is not as the document
 * says, so that the story which waits for it fails.
 */
public final class BusContract implements ActiveMQServerMessagePlugin {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = document();

    /** From now on, for what the broker takes. */
    public static void watch(EmbeddedBroker broker) {
        broker.artemis().registerBrokerPlugin(new BusContract());
    }

    /** Messages that nobody has consumed yet. */
    public static long waiting(EmbeddedBroker broker, String queue) {
        return broker.artemis().locateQueue(queue).getMessageCount();
    }

    public static JsonNode document() {
        try {
            return JSON.valueToTree(new Yaml().load(Files.readString(Path.of("docs/asyncapi.yaml"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What of the value is not as the schema says; empty if it is. */
    public static List<String> violations(String schema, JsonNode value) {
        try {
            ProcessingReport report = JsonSchemaFactory.byDefault()
                    .getJsonSchema(DOCUMENT, "/components/schemas/" + schema)
                    .validate(value, true);
            List<String> violations = new ArrayList<>();
            report.forEach(message -> violations.add(message.toString()));
            return report.isSuccess() ? List.of() : violations;
        } catch (ProcessingException e) {
            throw new IllegalStateException("docs/asyncapi.yaml is not a schema", e);
        }
    }

    @Override
    public void beforeSend(
            ServerSession session, Transaction tx, Message message, boolean direct, boolean noAutoCreateQueue)
            throws ActiveMQException {
        if (!String.valueOf(session.getUsername()).startsWith("bridge-")) {
            return;
        }
        String kind = kind(message.getAddress());
        if (kind.isEmpty()) {
            return; // a dead letter that is replayed
        }
        List<String> violations = new ArrayList<>(violations(kind + "Headers", headers(message)));
        violations.addAll(undocumented(kind + "Headers", message));
        if (!kind.equals("deadLetter")) {
            violations.addAll(violations(kind.equals("reply") ? "exportReply" : kind, body(message)));
        }
        if (!violations.isEmpty()) {
            throw new ActiveMQIllegalStateException("docs/asyncapi.yaml does not describe this message for "
                    + message.getAddress() + ": " + violations);
        }
    }

    private static String kind(String address) {
        return switch (address) {
            case Queues.VULN_STATUS, Queues.VULN_EXPORT -> "";
            case Queues.DEAD_LETTER -> "deadLetter";
            case "jira-bridge-events" -> "event";
            default -> "reply";
        };
    }

    private static ObjectNode headers(Message message) {
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        message.getPropertyNames()
                .forEach(name ->
                        headers.put(documented(name.toString()), String.valueOf(message.getObjectProperty(name))));
        return headers;
    }

    private static Set<String> undocumented(String schema, Message message) {
        Set<String> names = new TreeSet<>();
        headers(message).fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> name.startsWith("_") || name.startsWith("__"));
        DOCUMENT.at("/components/schemas/" + schema + "/properties")
                .fieldNames()
                .forEachRemaining(names::remove);
        return names;
    }

    /** A name as clients see it, of the one that the broker keeps it by. */
    private static String documented(String name) {
        return name.equals("_AMQ_GROUP_ID") ? "JMSXGroupID" : name.replace("_HYPHEN_", "-");
    }

    private static JsonNode body(Message message) throws ActiveMQException {
        ICoreMessage core = message.toCore();
        try {
            return JSON.readTree(String.valueOf(core.getReadOnlyBodyBuffer().readNullableSimpleString()));
        } catch (JsonProcessingException e) {
            throw new ActiveMQIllegalStateException("The message for " + message.getAddress() + " is not JSON");
        }
    }
}
