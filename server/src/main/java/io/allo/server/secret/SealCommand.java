package io.allo.server.secret;

import io.allo.core.random.RandomSource;
import io.allo.io.vault.KeyRing;
import io.allo.io.vault.SealedFile;
import io.allo.io.vault.Vault;
import io.allo.pbx.call.recording.Descriptions;
import io.allo.pbx.voicemail.VoiceCopies;
import io.allo.server.ask.StateOption;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code allo seal}: opens and makes sealed files, and takes care of the key file. Main thread. */
@Command(
        name = "seal",
        description = "Open sealed recordings and voicemail, seal files, change the key.",
        footer = {
            "",
            "  allo seal open msg0001.wav > heard.wav     also: open --as-it-is, after a crash",
            "  allo seal open msg0001.txt                 who left it; also: call.wav.json, who spoke with whom",
            "  allo seal file plain.wav sealed.wav",
            "  allo seal key                              the name of the key in use; the file is made if it is not there",
            "  allo seal renew                            a new key; what was sealed before is still opened",
        })
public final class SealCommand implements Callable<Integer> {

    private static final String KEYS = "seal.keys";

    @Parameters(index = "0", paramLabel = "WHAT", description = "open, file, key or renew.")
    private String what = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "What to open or seal.")
    private @Nullable Path file;

    @Parameters(index = "2", arity = "0..1", paramLabel = "OUT", description = "Where to.")
    private @Nullable Path target;

    @Option(names = "--keys", paramLabel = "FILE", description = "The key file; seal.keys in the state directory.")
    private @Nullable Path keys;

    @Option(names = "--as-it-is", description = "Open a file that was never closed, as far as it goes.")
    private boolean asItIs;

    @Mixin
    private StateOption state;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var ring = keys == null ? state.directory().resolve(KEYS) : keys;
        try {
            switch (what) {
                case "open" -> open(named(file), ring);
                case "file" -> seal(named(file), named(target), KeyRing.openOrMake(ring, RandomSource.secure()));
                case "key" ->
                    out.println(KeyRing.openOrMake(ring, RandomSource.secure()).current() + " " + ring);
                case "renew" ->
                    out.println(
                            KeyRing.open(ring).renewed(RandomSource.secure()).current() + " " + ring);
                default -> throw new IOException("open, file, key or renew, not " + what);
            }
            out.flush();
            return 0;
        } catch (NoSuchFileException missing) {
            return refuse(missing.getFile() + " is not there");
        } catch (IOException refused) {
            return refuse(String.valueOf(refused.getMessage()));
        }
    }

    private void open(Path path, Path keyFile) throws IOException {
        var text = text(path, Vault.of(keyFile, RandomSource.secure()));
        if (text.isPresent()) {
            spec.commandLine().getOut().print(text.get());
            return;
        }
        var ring = KeyRing.open(keyFile);
        var end = asItIs ? SealedFile.End.AS_IT_IS : SealedFile.End.WHOLE;
        try (var sealed = SealedFile.read(path, ring, end)) {
            if (target != null) {
                try (var out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
                    copy(sealed, out);
                }
            } else {
                copy(sealed, System.out);
            }
        }
    }

    /** What is sealed in the text beside a message or a recording; empty where the file is something else. */
    private static Optional<String> text(Path path, Vault vault) throws IOException {
        if (path.toString().endsWith(".txt") && !SealedFile.isSealed(path)) {
            return Optional.of(new VoiceCopies(vault, () -> false).opened(path).text());
        }
        return path.toString().endsWith(".json") && !SealedFile.isSealed(path)
                ? Descriptions.opened(path, vault)
                : Optional.empty();
    }

    private static void copy(SealedFile sealed, OutputStream out) throws IOException {
        Channels.newInputStream(sealed).transferTo(out);
        out.flush();
    }

    private static void seal(Path path, Path target, KeyRing ring) throws IOException {
        try (var plain = FileChannel.open(path, StandardOpenOption.READ);
                var sealed = SealedFile.create(target, ring, RandomSource.secure())) {
            Channels.newInputStream(plain).transferTo(Channels.newOutputStream(sealed));
        }
    }

    private static Path named(@Nullable Path path) throws IOException {
        if (path == null) {
            throw new IOException("a file is missing: allo seal --help");
        }
        return path;
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println(why);
        return 1;
    }
}
