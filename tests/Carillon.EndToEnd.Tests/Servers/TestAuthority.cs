using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Carillon.EndToEnd.Tests.Servers;

/// <summary>Issues certificates for the loopback address, and keeps them in files while it lives.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(1);

    private readonly string _directory = Directory.CreateTempSubdirectory("carillon-authority-").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly X509Certificate2 _own;

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Authority of a test", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _own = request.CreateSelfSigned(_now - Validity, _now + Validity);
        File.WriteAllText(PathOf("ca.pem"), _own.ExportCertificatePem());
    }

    /// <summary>Issues a certificate.</summary>
    /// <returns>What a node needs to show it, and to trust this authority alone.</returns>
    public string IssueTls(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(_own, _now - (Validity / 2), _now + (Validity / 2), Encoding.UTF8.GetBytes(name));
        File.WriteAllText(PathOf($"{name}.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf($"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        return $$"""carillon.security.tls { certificate = "{{PathOf($"{name}.pem")}}", key = "{{PathOf($"{name}.key")}}", ca = "{{PathOf("ca.pem")}}" }""";
    }

    public void Dispose()
    {
        _own.Dispose();
        _key.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private string PathOf(string name)
    {
        return Path.Combine(_directory, name);
    }
}
