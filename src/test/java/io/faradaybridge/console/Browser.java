package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import io.faradaybridge.sandbox.AtTheEnd;
import io.faradaybridge.sandbox.BridgeWorld;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * A person at a screen: one window of Chromium with its own cookies, on a desk or a phone. It remembers what the browser
 * complained about, clicks and typed values, and looks at pages in both themes, by the rules of axe and as pictures in
 * {@code target/screenshots}.
 */
final class Browser implements AutoCloseable {

    /** A viewport of the desk in each, for the README. */
    static final Path PICTURES = Path.of("target", "screenshots", "readme");

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** What stays in view while one scrolls would stand in the middle of a picture of the whole page. */
    private static final String NOTHING_STICKS =
            ".bar, .selection, .side nav, .preview { position: static !important; max-height: none !important; }";

    /** The rules whose result depends on colours; the others need no second look. */
    private static final String RULES_OF_COLOUR = "['color-contrast', 'link-in-text-block']";

    /** The cookies of people who signed in before, by address and name. */
    private static final Map<String, List<Cookie>> SESSIONS = new HashMap<>();

    private static final String AXE = axe();
    private static com.microsoft.playwright.@Nullable Browser chromium;

    private final BridgeWorld world;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final String device;
    private boolean leaving;
    private int clicks;
    private int typed;

    private Browser(BridgeWorld world, String device, int width, int height) {
        this.world = world;
        this.device = device;
        this.context = chromium()
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setLocale("en-GB")
                        .setPermissions(List.of("clipboard-read", "clipboard-write"))
                        .setReducedMotion(ReducedMotion.REDUCE) // no picture of a colour on its way
                        .setTimezoneId("UTC"));
        this.page = context.newPage();
        page.setDefaultTimeout(90_000);
        page.onRequest(request -> leaving |= request.isNavigationRequest());
        page.onDOMContentLoaded(next -> leaving = false);
        page.onConsoleMessage(this::said);
        page.onPageError(error -> complaints.add("script: " + error));
    }

    static Browser desk(BridgeWorld world) {
        return new Browser(world, "desk", 1360, 900);
    }

    static Browser phone(BridgeWorld world) {
        return new Browser(world, "phone", 390, 844);
    }

    static Optional<Path> executable() {
        String given = System.getenv("BRIDGE_CHROMIUM");
        Stream<Path> candidates = given != null
                ? Stream.of(Path.of(given))
                : Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                        .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                                .map(name -> Path.of(folder, name)));
        return candidates.filter(Files::isExecutable).findFirst();
    }

    /** One process for all windows of this JVM. */
    private static synchronized com.microsoft.playwright.Browser chromium() {
        if (chromium == null) {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            AtTheEnd.run(playwright::close);
            chromium = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(executable().orElseThrow())
                            .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")));
        }
        return chromium;
    }

    private void said(ConsoleMessage message) {
        boolean answered = message.text().startsWith("Failed to load resource: the server responded with a status of 4")
                && !message.location().contains("/static/");
        // htmx says so when another page is opened, or a preview is asked for again, before the answer has arrived
        boolean givenUp = List.of("htmx:sendAbort", "htmx:afterRequest").contains(message.text())
                // and, with the event's own name, when a page is left that follows an export
                || (leaving && message.text().equals("Event"));
        if (message.type().equals("error") && !answered && !givenUp) { // a refused form is a page with that status
            complaints.add(message.type() + ": " + message.text());
        }
    }

    Page page() {
        return page;
    }

    /** @param path below the console, such as {@code /projects} */
    Browser open(String path) {
        page.navigate(world.url("/jira-bridge" + path).toString());
        return this;
    }

    /** With the sample's users, whose passwords are their names. */
    Browser signIn(String user) {
        open("/sign-in");
        fill("User name", user).fill("Password", user);
        click("Sign in");
        page.waitForURL("**/jira-bridge");
        SESSIONS.put(world.url("") + user, context.cookies());
        return this;
    }

    /** Signed in, as they left the browser last time. */
    Browser as(String user) {
        List<Cookie> kept = SESSIONS.get(world.url("") + user);
        if (kept == null) {
            return signIn(user);
        }
        context.addCookies(kept);
        return this;
    }

    Browser signOut() {
        String user = page.locator(".who .name").innerText().strip();
        SESSIONS.remove(world.url("") + user);
        click("Sign out");
        page.waitForURL("**/sign-in");
        return this;
    }

    /** A button or link by the words on it. */
    Browser click(String words) {
        return click(page.locator("button, a, summary, label")
                .filter(new Locator.FilterOptions().setHasText(exactly(words)))
                .locator("visible=true")
                .first());
    }

    Browser click(Locator what) {
        clicks++;
        what.click();
        page.waitForLoadState(LoadState.DOMCONTENTLOADED); // a click only waits until another page begins
        return this;
    }

    /** What the button puts on the clipboard, to be pasted elsewhere: a click and a typed value. */
    String copied(String button) {
        click(page.getByLabel(button, new Page.GetByLabelOptions().setExact(true)));
        typed++;
        return (String) page.evaluate("navigator.clipboard.readText()");
    }

    /** The browser's own expressions know no quoting. */
    private static Pattern exactly(String words) {
        return Pattern.compile("^\\s*" + words.replaceAll("[\\\\^$.|?*+()\\[\\]{}]", "\\\\$0") + "\\s*$");
    }

    Browser fill(String label, String value) {
        typed++;
        page.getByLabel(label).first().fill(value);
        return this;
    }

    int clicks() {
        return clicks;
    }

    int typed() {
        return typed;
    }

    String text() {
        return page.locator("main").innerText();
    }

    /** The page in both themes: a picture of each, and no violation of axe's rules. */
    Browser look(String name) {
        page.evaluate("window.scrollTo(0, 0)");
        page.evaluate(
                "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }",
                NOTHING_STICKS);
        for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
            String file = name + "-" + device + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png";
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(SCREENSHOTS.resolve(file))
                    .setFullPage(true));
            assertThat(violations(theme == ColorScheme.LIGHT ? "" : RULES_OF_COLOUR))
                    .as("axe's rules on %s (%s)", name, theme)
                    .isEmpty();
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.evaluate("document.adoptedStyleSheets = []");
        Object wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) wide).intValue())
                .as("pixels that %s is wider than a %s", name, device)
                .isLessThanOrEqualTo(0);
        return this;
    }

    /** @param rules empty for all of them */
    @SuppressWarnings("unchecked")
    private List<String> violations(String rules) {
        if (!Boolean.TRUE.equals(page.evaluate("'axe' in window"))) {
            page.evaluate(AXE);
        }
        return (List<String>) page.evaluate("""
                async () => (await axe.run({resultTypes: ['violations'] %s})).violations
                    .flatMap(rule => rule.nodes.map(node => rule.id + ' at ' + node.target.join(' ') + ': ' + node.failureSummary))
                """.formatted(rules.isEmpty() ? "" : ", runOnly: " + rules));
    }

    /** What one sees of the page without scrolling, for the README; written again, since the browser packs it badly. */
    Browser picture(String name) {
        page.evaluate("window.scrollTo(0, 0)");
        try {
            BufferedImage seen = ImageIO.read(new ByteArrayInputStream(page.screenshot()));
            BufferedImage small = new BufferedImage(seen.getWidth(), seen.getHeight(), BufferedImage.TYPE_INT_RGB);
            small.createGraphics().drawImage(seen, 0, 0, null);
            Files.createDirectories(PICTURES);
            ImageIO.write(small, "png", PICTURES.resolve(name + ".png").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private static String axe() {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Errors of scripts, refused by the page's policy or failed, since the window was opened. */
    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        context.close();
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }
}
