using System.CommandLine;

namespace Carillon.Node;

/// <summary>The process.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        return CommandLine.RunAsync(args, Environment.GetEnvironmentVariables(), new InvocationConfiguration());
    }
}
