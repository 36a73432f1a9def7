package io.faradaybridge.jinja2;

/** What {@code namespace()} gives: the one thing whose attributes a template may set. */
record Namespace(DictValue attributes) {}
