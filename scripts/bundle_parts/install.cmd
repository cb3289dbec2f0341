@echo off
rem Install cogov @VERSION@ from this folder, without internet:  install.cmd [FOLDER]
rem Looks for a Python @PYTHON@; what is missing is said in one line.
setlocal
set "PYTHONHOME="
set "PYTHONPATH="
set "FITS="
set "ANY="
call :try py -@PYTHON@
call :try python
call :try python3
call :try py -3
if defined FITS goto install
if defined ANY set "FITS=%ANY%"
if defined FITS goto install
echo install: needs Python @PYTHON@, found no Python at all: install it from the folder of your software office or python.org 1>&2
exit /b 1

:install
%FITS% "%~dp0install.py" %*
exit /b %ERRORLEVEL%

:try
if defined FITS exit /b 0
%* -c "" >nul 2>nul
if errorlevel 1 exit /b 0
if not defined ANY set "ANY=%*"
%* "%~dp0install.py" --fits >nul 2>nul
if not errorlevel 1 set "FITS=%*"
exit /b 0
