package io.github.cxoneassist.journal;

import java.util.Objects;

/**
 * Where the journal's database is.
 *
 * @param url a JDBC URL, such as {@code jdbc:sqlite:data/journal.db}
 * @param user null where the database knows no users
 * @param password null where there is none
 */
public record DatabaseSettings(String url, String user, String password) {
    public DatabaseSettings {
        Objects.requireNonNull(url, "url");
    }

    /** Without any password, not even one in the URL. */
    @Override
    public String toString() {
        String harmless = url.replaceAll("(?i)(password=)[^&;]*", "$1***").replaceAll("//[^/@]*@", "//***@");
        return "DatabaseSettings[url=" + harmless + ", user=" + user + ", password=" + (password == null ? null : "***")
                + "]";
    }
}
