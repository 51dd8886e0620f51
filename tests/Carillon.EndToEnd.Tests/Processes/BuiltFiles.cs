namespace Carillon.EndToEnd.Tests.Processes;

/// <summary>Where the build that these tests belong to has put things.</summary>
internal static class BuiltFiles
{
    /// <summary>The <c>carillon</c> executable, of the same configuration as the tests.</summary>
    public static string Node { get; } = FindNode();

    private static string FindNode()
    {
        // artifacts/bin/PROJECT/CONFIGURATION/
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(own.Parent!.Parent!.FullName, "Carillon.Node", own.Name, "carillon.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("the node is not built", path);
    }
}
