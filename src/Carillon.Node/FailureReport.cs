using Carillon.Cluster;
using Carillon.Node.Hocon;
using Carillon.Node.Logging;
using Carillon.Persistence;
using Microsoft.AspNetCore.Connections;

namespace Carillon.Node;

/// <summary>Which failures a person can mend: each has sentences for standard error and an exit code.</summary>
internal static class FailureReport
{
    /// <summary>The exit code and the sentences; null for a failure that only its stack trace explains.</summary>
    public static (int Code, IReadOnlyList<string> Sentences)? Of(Exception error)
    {
        return error switch
        {
            InvalidConfigException invalid => (ExitCode.Usage, [.. invalid.Problems.Select(static problem => problem.Message)]),
            ClusterMismatchException or SchemaVersionException or DataDirectoryException or LogFileException => (ExitCode.Usage, [error.Message]),
            NodeConflictException or StoreInUseException or PortInUseException => (ExitCode.Conflict, [error.Message]),
            IOException { InnerException: AddressInUseException } => (ExitCode.Conflict, [error.Message]),
            StoreUnreachableException => (ExitCode.Unreachable, [error.Message]),
            Npgsql.NpgsqlException => (ExitCode.Unreachable, [$"the database failed during the start: {error.Message}"]),
            StoreFailedException => (ExitCode.Failed, [error.Message]),
            _ => null,
        };
    }

    /// <summary>Runs a command; a failure that a person can mend becomes its sentences and its exit code.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> command, TextWriter errors)
    {
        try
        {
            return await command();
        }
        catch (Exception error) when (Of(error) is (var code, var sentences))
        {
            foreach (var sentence in sentences)
            {
                await errors.WriteLineAsync(sentence);
            }

            return code;
        }
    }
}
