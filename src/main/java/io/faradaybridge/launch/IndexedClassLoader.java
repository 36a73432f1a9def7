package io.faradaybridge.launch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds classes and resources by an index of all libraries in the packaged jar, which it makes when it starts. Spring Boot's own
 * class loader asks one library after the other, more than 200 for each of many thousand names, and most of all for names that
 * none has: that was more than half of the processor time of a start.
 */
public final class IndexedClassLoader extends URLClassLoader {

    private static final String SPRINGS_OWN = "org.springframework.boot.loader.launch.LaunchedClassLoader";
    /** What the packaged jar has outside its libraries, and the loader's parent therefore too. */
    private static final String LAUNCHER = "org/springframework/boot/loader/";

    private static final String CLASS = ".class";
    private static final String VERSIONS = "META-INF/versions/";
    private static final Pattern OF_A_VERSION = Pattern.compile(VERSIONS + "\\d+/(.+)");

    static {
        registerAsParallelCapable();
    }

    private final URL[] places;
    private final CodeSource[] sources;
    private final JarFile[] jars;
    /** The numbers of the libraries, by the folder of a class and by the name of any other entry. */
    private final Map<String, int[]> index = new HashMap<>();

    IndexedClassLoader(URL[] places, @Nullable ClassLoader parent) {
        super(places, parent);
        this.places = places;
        this.sources = new CodeSource[places.length];
        this.jars = new JarFile[places.length];
        Arrays.parallelSetAll(jars, i -> open(places[i]));
        for (int i = 0; i < places.length; i++) {
            sources[i] = new CodeSource(places[i], (CodeSigner[]) null);
            String last = "";
            for (Enumeration<JarEntry> entries = jars[i].entries(); entries.hasMoreElements(); ) {
                String key = key(entries.nextElement().getName());
                if (!key.equals(last)) { // the classes of a folder follow each other
                    add(key, i);
                    last = key;
                }
            }
        }
    }

    /** Whether the application runs by this class loader already. */
    public static boolean hasLoaded(Class<?> application) {
        // the class of this name that Spring Boot's loader has is another one
        return application.getClassLoader().getClass().getName().equals(IndexedClassLoader.class.getName());
    }

    /**
     * Runs the method {@code main} of a class once more, by this class loader, if the class came from the packaged jar.
     *
     * @return whether it did
     */
    public static boolean runs(Class<?> application, String[] args) {
        ClassLoader loader = application.getClassLoader();
        if (!loader.getClass().getName().equals(SPRINGS_OWN)) {
            return false;
        }
        IndexedClassLoader indexed = new IndexedClassLoader(((URLClassLoader) loader).getURLs(), loader.getParent());
        Thread.currentThread().setContextClassLoader(indexed);
        try {
            Class.forName(application.getName(), true, indexed)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
            return true;
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("The application did not start", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(application.getName() + " cannot be run from the packaged jar", e);
        }
    }

    private static JarFile open(URL place) {
        try {
            return ((JarURLConnection) place.openConnection()).getJarFile();
        } catch (IOException e) {
            throw new UncheckedIOException(place + " cannot be read", e);
        }
    }

    private static String key(String entry) {
        Matcher versioned = OF_A_VERSION.matcher(entry);
        String name = entry.startsWith(VERSIONS) && versioned.matches() ? versioned.group(1) : entry;
        return name.endsWith(CLASS) ? name.substring(0, name.lastIndexOf('/') + 1) : withoutSlash(name);
    }

    private static String withoutSlash(String folder) {
        return folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
    }

    private void add(String key, int jar) {
        index.merge(key, new int[] {jar}, (before, one) -> {
            if (before[before.length - 1] == jar) {
                return before;
            }
            int[] more = Arrays.copyOf(before, before.length + 1);
            more[before.length] = jar;
            return more;
        });
    }

    /** Of a name, the libraries that may have it, in their order. */
    private int[] candidates(String name) {
        return index.getOrDefault(key(name), new int[0]);
    }

    /** Java itself is asked first, as is usual, for all but the classes that only a library can have. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        String path = name.replace('.', '/') + CLASS;
        if (!isOnlyHere(path)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    /** No library has a package of Java's own, and no class but {@code module-info} is without a package. */
    private boolean isOnlyHere(String classFile) {
        String folder = key(classFile);
        return !folder.isEmpty()
                && !folder.startsWith("java")
                && !folder.startsWith(LAUNCHER)
                && index.containsKey(folder);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + CLASS;
        for (int i : candidates(path)) {
            JarEntry entry = jars[i].getJarEntry(path);
            if (entry != null) {
                try (InputStream content = jars[i].getInputStream(entry)) {
                    return define(name, content.readAllBytes(), i);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
        throw new ClassNotFoundException(name);
    }

    private Class<?> define(String name, byte[] bytes, int jar) throws IOException {
        int dot = name.lastIndexOf('.');
        if (dot >= 0 && getDefinedPackage(name.substring(0, dot)) == null) {
            Manifest manifest = jars[jar].getManifest();
            try {
                definePackage(name.substring(0, dot), manifest == null ? new Manifest() : manifest, places[jar]);
            } catch (IllegalArgumentException raced) {
                // another thread has just defined it
            }
        }
        return defineClass(name, bytes, 0, bytes.length, sources[jar]);
    }

    @Override
    public @Nullable URL findResource(String name) {
        for (int i : candidates(name)) {
            if (jars[i].getEntry(name) != null) {
                return url(i, name);
            }
        }
        return null;
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        if (name.isEmpty()) {
            return super.findResources(name); // the libraries themselves
        }
        List<URL> found = new ArrayList<>();
        for (int i : candidates(name)) {
            if (jars[i].getEntry(name) != null) {
                found.add(url(i, name));
            }
        }
        return Collections.enumeration(found);
    }

    /** Without an address, which costs more than the reading. Of a class that is here Java need not be asked. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        boolean here = name.endsWith(CLASS) && isOnlyHere(name);
        URL above = here || getParent() == null ? null : getParent().getResource(name);
        try {
            if (above != null) {
                return above.openStream();
            }
            for (int i : candidates(name)) {
                JarEntry entry = jars[i].getJarEntry(name);
                if (entry != null) {
                    try (InputStream content = jars[i].getInputStream(entry)) {
                        return new ByteArrayInputStream(content.readAllBytes());
                    }
                }
            }
        } catch (IOException e) {
            return null; // as its contract says
        }
        return null;
    }

    private URL url(int jar, String name) {
        try {
            String path = new URI(null, null, "/" + name, null).getRawPath();
            return new URL(places[jar], path.substring(1));
        } catch (MalformedURLException | URISyntaxException e) {
            throw new IllegalArgumentException(name + " is no name of a resource", e);
        }
    }
}
