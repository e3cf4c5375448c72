using System.Net.Sockets;
using Wdfis.Portal;
using Wdfis.Portal.Operations;

try
{
    return Verbs.Asked(args) ? await Verbs.Run(args) : await Portal.Run(args);
}
catch (StartRefused refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
catch (IOException trouble) when (trouble.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException or SocketException)
{
    await Console.Error.WriteLineAsync("The address is already in use: another portal or program listens there. Stop it, or set Urls to another port.");
    return 1;
}
