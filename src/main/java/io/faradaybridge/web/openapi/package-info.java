/** The API's OpenAPI document: what springdoc reads off the controllers, and what it cannot know. */
@NullMarked
package io.faradaybridge.web.openapi;

import org.jspecify.annotations.NullMarked;
