package io.allo.media.music;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One class's music at every rate that somebody hears. A board: any thread. */
public final class MusicStream {

    private final String name;
    private final Map<Integer, MusicFeed> feeds = new ConcurrentHashMap<>();

    /** Of this class. */
    public MusicStream(String name) {
        this.name = name;
    }

    /** The class's name. */
    public String name() {
        return name;
    }

    /** Its samples at this rate in Hz. */
    public MusicFeed at(int sampleRate) {
        return feeds.computeIfAbsent(sampleRate, MusicFeed::new);
    }

    /** The feeds there are. */
    public Collection<MusicFeed> feeds() {
        return List.copyOf(feeds.values());
    }

    @Override
    public String toString() {
        return "music " + name;
    }
}
