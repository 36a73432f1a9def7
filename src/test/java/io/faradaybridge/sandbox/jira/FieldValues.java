package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Judges the value sent for a field and gives what Jira stores for it. */
final class FieldValues {

    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");
    private static final int LONGEST_TEXT = 32_767;

    /** The value is refused; the message is what Jira would say about the field. */
    static final class Refused extends Exception {
        Refused(String message) {
            super(message, null, false, false);
        }
    }

    private final Site site;
    private final People people;
    private final Catalogue catalogue;
    private final IssueStore store;
    private final ProductFields products;

    FieldValues(Site site, People people, Catalogue catalogue, IssueStore store, ProductFields products) {
        this.products = products;
        this.site = site;
        this.people = people;
        this.catalogue = catalogue;
        this.store = store;
    }

    JsonNode accept(Field field, JsonNode value) throws Refused {
        if (value.isNull()) {
            if (field.required()) {
                throw new Refused(required(field));
            }
            return value;
        }
        if (products.knows(field)) {
            return products.accept(field, value);
        }
        if (!field.type().equals("array")) {
            return single(field, field.type(), value);
        }
        if (!value.isArray()) {
            throw new Refused("data was not an array");
        }
        ArrayNode accepted = Json.MAPPER.createArrayNode();
        for (JsonNode element : value) {
            accepted.add(field.id().equals("labels") ? label(element) : single(field, field.items(), element));
        }
        if (field.required() && accepted.isEmpty()) {
            throw new Refused(required(field));
        }
        return accepted;
    }

    String required(Field field) {
        return field.id().equals("summary") && !site.isCloud()
                ? "You must specify a summary of the issue."
                : field.name() + " is required.";
    }

    private JsonNode single(Field field, String type, JsonNode value) throws Refused {
        return switch (type) {
            case "string" -> text(field, value);
            case "number" -> number(value);
            case "date" -> date(value);
            case "datetime" -> dateTime(value);
            case "option-with-child" -> cascade(field, value);
            case "user" -> user(field, value);
            case "group" -> group(value);
            case "project" -> project(value);
            case "issuelink" -> parent(value);
            case "timetracking" -> estimates(value);
            case "any", "sd-risk" -> value;
            case "option", "priority", "component", "version", "securitylevel", "resolution" -> oneOf(field, value);
            default -> throw new Refused("Field '" + field.id() + "' cannot be set through REST.");
        };
    }

    private JsonNode text(Field field, JsonNode value) throws Refused {
        if (!value.isTextual()) {
            throw new Refused("Operation value must be a string");
        }
        String text = value.asText();
        if (field.required() && text.isBlank()) {
            throw new Refused(required(field));
        }
        if (field.id().equals("summary")) {
            if (text.contains("\n") || text.contains("\r")) {
                throw new Refused("The summary is invalid because it contains newline characters.");
            }
            if (text.length() > 255) {
                throw new Refused("Summary must be less than 255 characters.");
            }
        }
        if (field.kind().equals("url") && !text.matches("(?i)(https?|ftp)://\\S+")) {
            throw new Refused("'" + text + "' is an invalid URL");
        }
        if (field.kind().equals("textfield") && text.length() > 255) {
            throw new Refused("The entered text is too long. It exceeds the allowed limit of 255 characters.");
        }
        if (text.length() > LONGEST_TEXT) {
            throw new Refused("The entered text is too long. It exceeds the allowed limit of 32,767 characters.");
        }
        return value;
    }

    private static JsonNode number(JsonNode value) throws Refused {
        if (!value.isNumber()) {
            throw new Refused("Operation value must be a number");
        }
        return value;
    }

    private static JsonNode label(JsonNode value) throws Refused {
        if (!value.isTextual()) {
            throw new Refused("Operation value must be a string");
        }
        if (value.asText().isEmpty() || value.asText().chars().anyMatch(Character::isWhitespace)) {
            throw new Refused("The label '" + value.asText() + "' contains spaces which is invalid.");
        }
        return value;
    }

    private static JsonNode date(JsonNode value) throws Refused {
        try {
            LocalDate.parse(value.asText());
            return value;
        } catch (DateTimeParseException e) {
            throw new Refused("Error parsing date string: " + value.asText());
        }
    }

    private static JsonNode dateTime(JsonNode value) throws Refused {
        try {
            DATE_TIME.parse(value.asText());
            return value;
        } catch (DateTimeParseException e) {
            throw new Refused("Error parsing time: " + value.asText());
        }
    }

    private static JsonNode oneOf(Field field, JsonNode value) throws Refused {
        if (!value.isObject()) {
            throw new Refused("Specify a valid 'id' or 'name' for " + field.name());
        }
        return find(field.allowedValues(), value)
                .map(FieldValues::withoutChildren)
                .orElseThrow(() -> new Refused(notValid(field, value)));
    }

    private static String notValid(Field field, JsonNode value) {
        if (field.type().equals("priority")) {
            return "The priority selected is invalid.";
        }
        return value.has("id")
                ? field.name() + ": option id '" + value.get("id").asText() + "' is not valid"
                : field.name() + ": option value '"
                        + value.path("value").asText(value.path("name").asText()) + "' is not valid";
    }

    private static Optional<JsonNode> find(Iterable<JsonNode> allowed, JsonNode wanted) {
        for (JsonNode candidate : allowed) {
            for (String key : List.of("id", "value", "name", "label")) {
                if (wanted.has(key)) {
                    // An app's own option may have a number for an id, and then takes nothing but a number.
                    if (candidate.has(key)
                            && (wanted.get(key).isNumber()
                                    || !candidate.get(key).isNumber())
                            && candidate
                                    .get(key)
                                    .asText()
                                    .equals(wanted.get(key).asText())) {
                        return Optional.of(candidate);
                    }
                    break;
                }
            }
        }
        return Optional.empty();
    }

    private static JsonNode cascade(Field field, JsonNode value) throws Refused {
        if (!value.isObject()) {
            throw new Refused("Could not find valid 'id' or 'value' in the Parent Option object.");
        }
        JsonNode parent = find(field.allowedValues(), value).orElseThrow(() -> new Refused(notValid(field, value)));
        ObjectNode accepted = withoutChildren(parent);
        if (value.has("child") && !value.get("child").isNull()) {
            JsonNode child = find(parent.path("children"), value.get("child"))
                    .orElseThrow(() -> new Refused(notValid(field, value.get("child"))));
            accepted.set("child", child);
        }
        return accepted;
    }

    private static ObjectNode withoutChildren(JsonNode option) {
        ObjectNode copy = option.deepCopy();
        copy.remove("children");
        return copy;
    }

    private JsonNode user(Field field, JsonNode value) throws Refused {
        Optional<Person> person = site.isCloud()
                ? people.withAccountId(
                        value.path("accountId").asText(value.path("id").asText()))
                : people.withName(value.path("name").asText());
        return person.map(found -> found.json(site))
                .orElseThrow(() -> new Refused(
                        site.isCloud()
                                ? "Specify a valid 'accountId' for " + field.name()
                                : "User '" + value.path("name").asText() + "' does not exist."));
    }

    private static JsonNode group(JsonNode value) throws Refused {
        String name = value.path("name").asText();
        if (!SiteResource.GROUPS.contains(name)) {
            throw new Refused("Could not find group: " + name);
        }
        return Json.object("name", name);
    }

    private JsonNode parent(JsonNode value) throws Refused {
        SandboxIssue issue = store.find(
                        value.path("id").asText(value.path("key").asText()))
                .orElseThrow(() -> new Refused("Could not find issue by id or key."));
        return Json.object("id", issue.id(), "key", issue.key());
    }

    private static JsonNode estimates(JsonNode value) throws Refused {
        if (!value.isObject()) {
            throw new Refused("expected Object containing a valid estimate");
        }
        for (JsonNode estimate : value) {
            if (!estimate.asText().matches("(\\d+[wdhm]\\s*)+")) {
                throw new Refused("Time estimate must be in the format of '2d 4h'.");
            }
        }
        return value;
    }

    private JsonNode project(JsonNode value) throws Refused {
        return catalogue
                .project(value.path("id").asText(value.path("key").asText()))
                .map(found -> found.json(site))
                .orElseThrow(() -> new Refused("valid project is required"));
    }
}
