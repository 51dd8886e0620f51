using System.Collections;

namespace Carillon.Node;

/// <summary>What the command line says about the configuration of a node.</summary>
/// <param name="File">The configuration file.</param>
/// <param name="Settings">The items of <c>--set</c>.</param>
/// <param name="Variables">The environment.</param>
internal sealed record NodeArguments(string File, IReadOnlyList<string> Settings, IDictionary Variables);
