/** What all of the API's calls share: how they say no, and who calls. */
@NullMarked
package io.faradaybridge.api;

import org.jspecify.annotations.NullMarked;
