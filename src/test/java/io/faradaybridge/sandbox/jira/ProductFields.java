package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.FieldValues.Refused;
import io.faradaybridge.sandbox.jira.Routes.Call;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Fields of Jira Software, Teams, Service Management and an app: create metadata list no values of them, so that they are
 * found by the suggestions for JQL or, request types, in their service project.
 */
final class ProductFields {

    /** @param open whether issues may still be put into it */
    private record Value(String id, String name, String shown, boolean open) {}

    private static final String SPRINT = "com.pyxis.greenhopper.jira:gh-sprint";
    private static final String EPIC_LINK = "com.pyxis.greenhopper.jira:gh-epic-link";
    private static final String TEAM_OF_CLOUD = "com.atlassian.jira.plugin.system.customfieldtypes:atlassian-team";
    private static final String TEAM_OF_DATA_CENTER = "com.atlassian.teams:rm-teams-custom-field-team";
    private static final String REQUEST_TYPE = "com.atlassian.servicedesk:vp-origin";
    private static final String ASSET = "com.example.assets:asset-picker";

    private static final List<Value> SPRINTS = List.of(
            new Value("17", "Sprint 3", "Sprint 3 - Security board", true),
            new Value("18", "Sprint 3", "Sprint 3 - Shop board", true),
            new Value("19", "Sprint 30", "Sprint 30", true),
            new Value("20", "Hardening", "Hardening - Security board", true),
            new Value("21", "Sprint 1", "Sprint 1", false));
    private static final List<Value> TEAMS_OF_CLOUD = List.of(
            team("36885b3c-1bf0-4f85-a357-c5b858c31de4", "Red team"),
            team("36885b3c-1bf0-4f85-a357-c5b858c31de5", "Blue & green"));
    private static final List<Value> TEAMS_OF_DATA_CENTER = List.of(team("12", "Red team"), team("13", "Blue & green"));
    private static final List<Value> ASSETS = List.of(team("a-7", "Mail server"), team("a-8", "Web server"));
    private static final List<Value> REQUEST_TYPES = List.of(team("31", "Report a weakness"), team("32", "Get help"));

    private static Value team(String id, String name) {
        return new Value(id, name, name, true);
    }

    private final IssueStore store;

    ProductFields(IssueStore store) {
        this.store = store;
    }

    /** Those of a project that plans in sprints. */
    static List<Field> agile(Site site) {
        return List.of(
                Field.customList(50_001, "Sprint", site.isCloud() ? "json" : "string", SPRINT),
                site.isCloud()
                        ? Field.custom(50_002, "Team", "team", TEAM_OF_CLOUD)
                        : Field.custom(50_002, "Team", "any", TEAM_OF_DATA_CENTER),
                Field.custom(50_003, "Epic Link", "any", EPIC_LINK),
                Field.system("parent", "Parent", "issuelink"),
                Field.customList(50_004, "Assets", "asset", ASSET),
                Field.custom(50_005, "Faraday", "string", "url"));
    }

    static Field requestType() {
        return Field.custom(50_010, "Request Type", "sd-customerrequesttype", REQUEST_TYPE);
    }

    /** @param field whose values are searched for instead of listed */
    static Optional<String> autoCompleteUrl(Site site, Field field) {
        return switch (field.kind()) {
            case TEAM_OF_CLOUD -> Optional.of(site.baseUrl() + "/gateway/api/v1/recommendations");
            case ASSET -> Optional.of(site.baseUrl() + "/rest/assets/1.0/search?query=");
            default -> Optional.empty();
        };
    }

    boolean knows(Field field) {
        return !values(field).isEmpty() || field.kind().equals(EPIC_LINK);
    }

    private List<Value> values(Field field) {
        return switch (field.kind()) {
            case SPRINT -> SPRINTS;
            case TEAM_OF_CLOUD -> TEAMS_OF_CLOUD;
            case TEAM_OF_DATA_CENTER -> TEAMS_OF_DATA_CENTER;
            case ASSET -> ASSETS;
            case REQUEST_TYPE -> REQUEST_TYPES;
            default -> List.of();
        };
    }

    /** In the words of Jira Software where they are known. */
    JsonNode accept(Field field, JsonNode value) throws Refused {
        return switch (field.kind()) {
            case SPRINT -> {
                if (!value.isNumber()) {
                    throw new Refused("Number value expected as the Sprint id.");
                }
                yield Json.array(List.of(one(field, value.asText())));
            }
            case EPIC_LINK -> {
                if (!value.isTextual()) {
                    throw new Refused("String value expected as the Epic Key.");
                }
                if (store.find(value.asText()).isEmpty()) {
                    throw new Refused("Issue does not exist or you do not have permission to see it.");
                }
                yield value;
            }
            case ASSET -> {
                for (JsonNode asset : value) {
                    one(field, asset.path("id").asText());
                }
                yield value;
            }
            default -> {
                if (!value.isTextual()) {
                    throw new Refused(field.name() + " is given by its id as a text.");
                }
                yield one(field, value.asText());
            }
        };
    }

    private ObjectNode one(Field field, String id) throws Refused {
        return values(field).stream()
                .filter(value -> value.id().equals(id) && value.open())
                .findFirst()
                .map(value -> Json.object("id", value.id(), "name", value.name()))
                .orElseThrow(() -> new Refused(field.name() + " '" + id + "' is not valid."));
    }

    /** {@code GET /jql/autocompletedata/suggestions}, with the matching letters in bold. */
    Answer suggestions(Call call, Iterable<Field> fields) {
        String clause = call.request().query("fieldName").orElse("");
        String text = call.request().query("fieldValue").orElse("").toLowerCase(Locale.ROOT);
        for (Field field : fields) {
            if (field.isCustom() && clause.equals("cf[" + field.id().substring("customfield_".length()) + "]")) {
                return Answer.json(
                        200,
                        Json.object(
                                "results",
                                values(field).stream()
                                        .filter(value -> value.shown()
                                                .toLowerCase(Locale.ROOT)
                                                .contains(text))
                                        .map(value -> Json.object(
                                                "value", value.id(), "displayName", bold(value.shown(), text)))
                                        .toList()));
            }
        }
        throw Refusal.of(
                400, "Field '" + clause + "' does not exist or this field cannot be viewed by anonymous users.");
    }

    private static String bold(String shown, String text) {
        int at = shown.toLowerCase(Locale.ROOT).indexOf(text);
        return html(shown.substring(0, at))
                + "<b>" + html(shown.substring(at, at + text.length())) + "</b>"
                + html(shown.substring(at + text.length()));
    }

    private static String html(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    /** {@code GET /rest/servicedeskapi/servicedesk/{project}/requesttype} */
    Answer requestTypes(Project project) {
        List<ObjectNode> types = project.screens().values().stream().anyMatch(screen -> screen.contains(requestType()))
                ? REQUEST_TYPES.stream()
                        .map(type -> Json.object("id", type.id(), "name", type.name(), "serviceDeskId", project.id()))
                        .toList()
                : List.of();
        return Answer.json(
                200, Json.object("size", types.size(), "start", 0, "limit", 100, "isLastPage", true, "values", types));
    }
}
