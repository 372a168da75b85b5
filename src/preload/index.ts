/**
 * Runs before the page, in its sandbox: adds one frozen object to the page's world and nothing else.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE_GLOBAL } from '../shared/channels.ts';
import { ipcBridge } from './bridge.ts';

contextBridge.exposeInMainWorld(BRIDGE_GLOBAL, ipcBridge(ipcRenderer));
