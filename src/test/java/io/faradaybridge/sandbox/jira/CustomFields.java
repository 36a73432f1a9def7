package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One custom field of every schema type that people configure. */
final class CustomFields {

    private final Site site;

    CustomFields(Site site) {
        this.site = site;
    }

    List<Field> all() {
        return List.of(
                severity(),
                Field.customList(
                        10011,
                        "Affected teams",
                        "option",
                        "multiselect",
                        option("10211", "Red"),
                        option("10212", "Blue")),
                Field.custom(10012, "CVSS score", "number", "float"),
                Field.custom(10013, "Advisory", "string", "url"),
                Field.custom(10014, "Details", "string", "textarea"),
                category(),
                Field.custom(10016, "Security owner", "user", "userpicker"),
                Field.customList(10017, "Informed people", "user", "multiuserpicker"),
                Field.custom(10018, "Owning group", "group", "grouppicker"),
                Field.customList(10019, "Informed groups", "group", "multigrouppicker"),
                Field.custom(10020, "Fixed in", "version", "version", version("10000", "1.0"), version("10001", "2.0")),
                Field.custom(10021, "Related project", "project", "project"),
                Field.custom(10022, "Discovered at", "datetime", "datetime"),
                Field.custom(10023, "Fix by", "date", "datepicker"),
                Field.custom(10024, "Epic Link", "any", "gh-epic-link"),
                Field.custom(
                        10025,
                        "Asset",
                        "option",
                        "third-party-select",
                        Json.object("id", 7, "label", "Mail server"),
                        Json.object("id", 8, "label", "Web server")),
                Field.custom(
                        10026,
                        "Main component",
                        "component",
                        "componentpicker",
                        component("10000", "Backend"),
                        component("10001", "Frontend")),
                Field.custom(10027, "Ticket reference", "string", "textfield"),
                Field.custom(10028, "Risk note", "sd-risk", "risk-note"));
    }

    Field severity() {
        return Field.custom(
                10010,
                "Severity",
                "option",
                "select",
                option("10201", "Critical"),
                option("10202", "High"),
                option("10203", "Medium"),
                option("10204", "Low"));
    }

    Field category() {
        return Field.custom(
                10015,
                "Category",
                "option-with-child",
                "cascadingselect",
                parent("10300", "Network", option("10301", "Firewall"), option("10302", "DNS")),
                parent("10310", "Application", option("10311", "Web"), option("10312", "Mobile")),
                option("10320", "Other"));
    }

    private ObjectNode option(String id, String value) {
        return Json.object("self", site.self("customFieldOption/" + id), "value", value, "id", id);
    }

    private ObjectNode parent(String id, String value, ObjectNode... children) {
        ObjectNode option = option(id, value);
        option.set("children", Json.array(List.of(children)));
        return option;
    }

    private ObjectNode component(String id, String name) {
        return Json.object("self", site.self("component/" + id), "id", id, "name", name);
    }

    private ObjectNode version(String id, String name) {
        return Json.object("self", site.self("version/" + id), "id", id, "name", name, "archived", false);
    }
}
