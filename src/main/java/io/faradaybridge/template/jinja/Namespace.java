package io.faradaybridge.template.jinja;

/** What {@code namespace()} gives: the one thing whose attributes a template may set. */
record Namespace(DictValue attributes) {}
