package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A status of a workflow. */
record Status(String id, String name, Category category) {

    enum Category {
        NEW(2, "new", "blue-gray", "To Do"),
        INDETERMINATE(4, "indeterminate", "yellow", "In Progress"),
        DONE(3, "done", "green", "Done");

        private final int id;
        private final String key;
        private final String color;
        private final String label;

        Category(int id, String key, String color, String label) {
            this.id = id;
            this.key = key;
            this.color = color;
            this.label = label;
        }
    }

    boolean isDone() {
        return category == Category.DONE;
    }

    boolean is(String nameOrId) {
        return name.equalsIgnoreCase(nameOrId) || id.equals(nameOrId);
    }

    ObjectNode json(Site site) {
        return Json.object(
                "self",
                site.self("status/" + id),
                "description",
                "",
                "iconUrl",
                site.baseUrl() + "/images/icons/statuses/generic.png",
                "name",
                name,
                "id",
                id,
                "statusCategory",
                Json.object(
                        "self", site.self("statuscategory/" + category.id),
                        "id", category.id,
                        "key", category.key,
                        "colorName", category.color,
                        "name", category.label));
    }
}
