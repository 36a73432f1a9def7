/**
 * The pages for people: set up, export and watch in a browser.
 *
 * <p>The console is a client of the API and decides nothing itself. A page names the calls whose answers it shows, and
 * its template turns them into HTML. A form names the one call that it makes; its fields are the keys of the body. So
 * permissions, checks and messages are those of the API. Read {@code Page}, then {@code Forms}, then one of the
 * controllers and its template in {@code resources/console}.
 */
@NullMarked
package io.faradaybridge.console;

import org.jspecify.annotations.NullMarked;
