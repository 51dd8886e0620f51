using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Carillon.Web;

/// <summary>Reads the files that <see cref="TlsOptions"/> name.</summary>
public static class TlsFiles
{
    /// <summary>What is wrong with the files; empty when nothing is.</summary>
    public static IReadOnlyList<string> Problems(TlsOptions tls)
    {
        ArgumentNullException.ThrowIfNull(tls);
        var problems = new List<string>();
        if (tls.Certificate is null != tls.Key is null)
        {
            var missing = tls.Key is null ? "key" : "certificate";
            problems.Add($"carillon.security.tls.{missing} is missing: certificate and key are set together");
        }
        else if (tls.Certificate is { } certificate)
        {
            Try($"carillon.security.tls.certificate '{certificate}' with key '{tls.Key}'", () => ReadCertificate(tls)?.Dispose(), problems);
        }

        if (tls.Ca is { } authorities)
        {
            Try($"carillon.security.tls.ca '{authorities}'", () => ReadAuthorities(tls), problems);
        }

        return problems;
    }

    /// <summary>The certificate with its key, or null where none is set.</summary>
    public static X509Certificate2? ReadCertificate(TlsOptions tls)
    {
        ArgumentNullException.ThrowIfNull(tls);
        return tls.Certificate is null ? null : X509Certificate2.CreateFromPemFile(tls.Certificate, tls.Key);
    }

    /// <summary>The certificate and those that lead to its issuer; empty where none is set.</summary>
    public static X509Certificate2Collection ReadChain(TlsOptions tls)
    {
        ArgumentNullException.ThrowIfNull(tls);
        return tls.Certificate is null ? [] : Read(tls.Certificate);
    }

    /// <summary>The authorities that other nodes' certificates must lead to, or null where none are set.</summary>
    public static X509Certificate2Collection? ReadAuthorities(TlsOptions tls)
    {
        ArgumentNullException.ThrowIfNull(tls);
        return tls.Ca is null ? null : Read(tls.Ca);
    }

    private static X509Certificate2Collection Read(string file)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(file);
        return certificates.Count > 0 ? certificates : throw new CryptographicException("it holds no certificate");
    }

    private static void Try(string what, Action read, List<string> problems)
    {
        try
        {
            read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            problems.Add($"{what} cannot be read: {error.Message}");
        }
    }
}
