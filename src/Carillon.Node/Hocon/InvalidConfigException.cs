namespace Carillon.Node.Hocon;

/// <summary>A configuration is HOCON, but not what the options allow. One line per problem.</summary>
public sealed class InvalidConfigException : Exception
{
    internal InvalidConfigException(IReadOnlyList<ConfigProblem> problems)
        : base(string.Join('\n', problems.Select(problem => problem.Message))) => Problems = problems;

    /// <summary>All problems in document order; at least one.</summary>
    public IReadOnlyList<ConfigProblem> Problems { get; }
}
