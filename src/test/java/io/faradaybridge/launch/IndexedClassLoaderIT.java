package io.faradaybridge.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever the packaged jar holds, the index finds as Spring Boot's own class loader does. */
class IndexedClassLoaderIT {

    private static final Path JAR = Path.of("target/faraday-jira-bridge.jar");
    private static final int EACH = 23;

    @Test
    void both_class_loaders_find_the_same() throws Exception {
        Process comparison = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        JAR + File.pathSeparator + "target/test-classes" + File.pathSeparator + "target/classes",
                        IndexedClassLoaderIT.Comparison.class.getName())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(comparison.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .last()
                .asString()
                .matches("\\d{4,} names, [1-9]\\d{2,} places of META-INF/MANIFEST.MF, no difference");
    }

    /** Runs where Spring Boot's loader is on the class path, as in the jar. */
    static final class Comparison {

        private Comparison() {}

        public static void main(String[] args) throws Exception {
            Class.forName("org.springframework.boot.loader.net.protocol.Handlers")
                    .getMethod("register")
                    .invoke(null);
            URL[] places = places();
            URLClassLoader theirs = Class.forName("org.springframework.boot.loader.launch.LaunchedClassLoader")
                    .asSubclass(URLClassLoader.class)
                    .getConstructor(boolean.class, URL[].class, ClassLoader.class)
                    .newInstance(false, places, ClassLoader.getPlatformClassLoader());
            IndexedClassLoader ours = new IndexedClassLoader(places, ClassLoader.getPlatformClassLoader());
            Set<String> names = names(places);
            for (String name : names) {
                List<URL> expected = list(theirs.findResources(name));
                List<URL> found = list(ours.findResources(name));
                same(
                        name,
                        expected.stream().map(URL::toString).toList(),
                        found.stream().map(URL::toString).toList());
                URL first = ours.findResource(name);
                same(name, expected.isEmpty() ? "none" : expected.get(0).toString(), String.valueOf(first));
                if (!name.endsWith("/") && first != null) {
                    try (InputStream one = theirs.getResourceAsStream(name);
                            InputStream other = ours.getResourceAsStream(name)) {
                        same(
                                name,
                                new String(one.readAllBytes(), StandardCharsets.ISO_8859_1),
                                new String(other.readAllBytes(), StandardCharsets.ISO_8859_1));
                    }
                }
            }
            Set<String> javasOwn = ModuleLayer.boot().modules().stream()
                    .flatMap(module -> module.getPackages().stream())
                    .map(name -> name.replace('.', '/') + "/")
                    .collect(Collectors.toSet());
            javasOwn.retainAll(names.stream()
                    .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
                    .collect(Collectors.toSet()));
            same("packages that Java has too", Set.of(), javasOwn);
            same("a name that nobody has", List.of(), list(ours.findResources("META-INF/nobody-has-this")));
            same(
                    "a class's version",
                    theirs.loadClass("io.faradaybridge.BridgeSettings")
                            .getPackage()
                            .getImplementationVersion(),
                    ours.loadClass("io.faradaybridge.BridgeSettings")
                            .getPackage()
                            .getImplementationVersion());
            System.out.println(names.size() + " names, "
                    + list(ours.findResources("META-INF/MANIFEST.MF")).size()
                    + " places of META-INF/MANIFEST.MF, no difference");
        }

        private static URL[] places() throws Exception {
            Class<?> archive = Class.forName("org.springframework.boot.loader.launch.Archive");
            Object jar = archive.getMethod("create", File.class)
                    .invoke(null, JAR.toAbsolutePath().toFile());
            Method name = Class.forName("org.springframework.boot.loader.launch.Archive$Entry")
                    .getMethod("name");
            Predicate<Object> inside = entry -> {
                try {
                    return name.invoke(entry).toString().matches("BOOT-INF/(classes/|lib/.+\\.jar)");
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            };
            return ((Set<?>) archive.getMethod("getClassPathUrls", Predicate.class)
                            .invoke(jar, inside))
                    .toArray(URL[]::new);
        }

        /** Each library's every so many name, and all of META-INF. */
        private static Set<String> names(URL[] places) throws Exception {
            Set<String> names = new TreeSet<>();
            for (URL place : places) {
                if (!place.toString().contains("/BOOT-INF/lib/")
                        && !place.toString().contains("!BOOT-INF/lib/")) {
                    continue;
                }
                String nested = place.toString().replaceFirst("^jar:(.*)!/$", "$1");
                try (JarInputStream entries = new JarInputStream(new URL(nested).openStream())) {
                    int n = 0;
                    for (JarEntry entry = entries.getNextJarEntry(); entry != null; entry = entries.getNextJarEntry()) {
                        String name = entry.getName();
                        boolean versioned = name.startsWith("META-INF/versions/");
                        if (n++ % EACH == 0 || (name.startsWith("META-INF/") && !versioned)) {
                            names.add(versioned ? name.replaceFirst("^META-INF/versions/\\d+/", "") : name);
                        }
                    }
                }
            }
            names.remove("");
            return names;
        }

        private static List<URL> list(Enumeration<URL> urls) {
            return Collections.list(urls);
        }

        private static void same(String name, Object theirs, Object ours) {
            if (!theirs.equals(ours)) {
                throw new IllegalStateException(name + ": Spring Boot finds " + theirs + ", the index " + ours);
            }
        }
    }
}
