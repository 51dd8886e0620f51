namespace Carillon.Hosting.Tests;

/// <summary>A directory that ends with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("carillon-hosting-");

    public string Path => _directory.FullName;

    public void Dispose()
    {
        _directory.Delete(recursive: true);
    }
}
