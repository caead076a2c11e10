package io.allo.server.secret;

import io.allo.io.vault.KeyFileFault;
import io.allo.io.vault.KeyRing;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether what {@code seal=yes} asks for can be done with the key file, in words. No state. */
public final class SealCheck {

    private static final String CODE = "seal-keys";

    private SealCheck() {}

    /**
     * What is wrong with the key file. Where none is there the first start makes it, so that is said only where allo has been started before
     * ({@code state} is there): a new one opens nothing that the old one has sealed.
     */
    public static Optional<ConfProblem> problem(Path state, Path keys) {
        return KeyRing.fault(keys)
                .filter(fault -> fault.kind() != KeyFileFault.Kind.MISSING || Files.isDirectory(state))
                .map(fault -> ConfProblem.warning(
                        keys.toAbsolutePath().toString(),
                        fault.line(),
                        CODE,
                        message(fault.kind()),
                        remedy(fault, keys)));
    }

    private static Text message(KeyFileFault.Kind kind) {
        var nothing = new Text(
                "; with seal=yes nothing is recorded until that is mended",
                " ; avec seal=yes, rien n'est enregistré tant que ce n'est pas réparé");
        var what = switch (kind) {
            case MISSING ->
                new Text(
                        "seal=yes, but the key file is not there: the next start makes a new one, which opens nothing that was sealed before",
                        "seal=yes, mais le fichier de clés n'existe pas : le prochain démarrage en crée un nouveau, qui n'ouvre rien de ce qui a été scellé avant");
            case UNREADABLE -> new Text("the key file can't be read", "le fichier de clés est illisible");
            case OPEN_TO_OTHERS ->
                new Text(
                        "others than its owner may read or write the key file",
                        "d'autres que son propriétaire peuvent lire ou modifier le fichier de clés");
            case EMPTY -> new Text("the key file has no key", "le fichier de clés ne contient aucune clé");
            case NO_KEY ->
                new Text(
                        "not a key: 16 hexadecimal digits, a blank and 32 octets in base64 are",
                        "pas une clé : il faut 16 chiffres hexadécimaux, une espace et 32 octets en base64");
            case LENGTH ->
                new Text(
                        "the key has not 32 octets: it is cut off or too long",
                        "la clé n'a pas 32 octets : elle est tronquée ou trop longue");
        };
        return kind == KeyFileFault.Kind.MISSING ? what : new Text(what.en() + nothing.en(), what.fr() + nothing.fr());
    }

    private static Text remedy(KeyFileFault fault, Path keys) {
        return switch (fault.kind()) {
            case OPEN_TO_OTHERS -> Text.same("chmod 600 " + keys);
            case UNREADABLE ->
                new Text(
                        "make it the file of the user who runs allo, chmod 600",
                        "donnez-le à l'utilisateur qui fait tourner allo, chmod 600");
            default -> new Text("put your copy of it there (chmod 600)", "remettez votre copie à sa place (chmod 600)");
        };
    }
}
