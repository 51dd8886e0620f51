namespace Carillon.Node.Hocon;

/// <summary>A configuration cannot be read, or is not what the options allow. One line per problem.</summary>
public sealed class InvalidConfigException : Exception
{
    internal InvalidConfigException(IReadOnlyList<ConfigProblem> problems)
        : base(string.Join('\n', problems.Select(problem => problem.Message))) => Problems = problems;

    /// <summary>All problems; at least one.</summary>
    public IReadOnlyList<ConfigProblem> Problems { get; }
}
