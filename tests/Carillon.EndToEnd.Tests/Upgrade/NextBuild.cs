using Carillon.EndToEnd.Tests.Processes;
using Carillon.Testing;

namespace Carillon.EndToEnd.Tests.Upgrade;

/// <summary>
/// A node as a later build would be: this one, but for its persistence, which is built anew and knows one more step of the
/// schema.
/// </summary>
internal sealed class NextBuild : IDisposable
{
    private const string Changed = "Carillon.Persistence";
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(3);

    private readonly string _directory;

    private NextBuild(string directory)
    {
        _directory = directory;
    }

    /// <summary>The <c>carillon</c> executable.</summary>
    public string Node => Path.Combine(_directory, Path.GetFileName(BuiltFiles.Node));

    public static async Task<NextBuild> MakeAsync()
    {
        var build = new NextBuild(Directory.CreateTempSubdirectory("carillon-next-").FullName);
        try
        {
            await build.MakeInAsync(BuiltFiles.Node);
            return build;
        }
        catch
        {
            build.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Directory.Delete(_directory, recursive: true);
    }

    private async Task MakeInAsync(string node)
    {
        var built = Path.GetDirectoryName(node)!;
        foreach (var file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_directory, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var root = GeneratedPart.RepositoryRoot;
        var work = Path.Combine(_directory, "work") + "/";
        string[] arguments =
        [
            "build", Path.Combine(root, "src", Changed), "--configuration", "Release", "--no-restore", "--no-dependencies", "-nodeReuse:false",
            "-property:RunAnalyzers=false", "-property:NextBuildDirectory=" + work,
            "-property:CustomBeforeMicrosoftCommonTargets=" + Path.Combine(root, "tests", "Carillon.EndToEnd.Tests", "Upgrade", "NextBuild.targets"),
        ];
        await using var compiler = ChildProcess.Start("dotnet", arguments, root);
        var exitCode = await compiler.ExitAsync(BuildLimit);
        Assert.True(exitCode == 0, compiler.Tail);
        File.Copy(Path.Combine(work, "bin", Changed + ".dll"), Path.Combine(_directory, Changed + ".dll"), overwrite: true);
        Directory.Delete(work, recursive: true);
    }
}
